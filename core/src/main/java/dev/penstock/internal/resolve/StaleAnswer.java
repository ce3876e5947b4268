package dev.penstock.internal.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * An earlier answer for a name that cannot be looked up now.
 *
 * @param addresses the addresses as they were answered, immutable, at least one
 * @param age time since they were answered
 */
public record StaleAnswer(List<InetAddress> addresses, Duration age) {}
