package dev.penstock.internal.order;

import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import java.time.Duration;

/**
 * What is remembered of one address.
 *
 * @param host host and port that it is an address of
 * @param address the address
 * @param lastGood whether it is the one of its host that last gave a usable session
 * @param penalty what remains of its failures; 0 for the last good one
 * @param age time since it last succeeded or failed
 */
public record AddressState(HostPort host, InetAddress address, boolean lastGood, double penalty, Duration age) {}
