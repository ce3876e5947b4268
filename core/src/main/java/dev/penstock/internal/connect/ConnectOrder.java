package dev.penstock.internal.connect;

import dev.penstock.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the route wants.
 *
 * @param given user and password of this call, null for those of the URL and properties
 * @param watchSetup whether the caller is a pool whose set-up is to be bounded too
 * @param mayWait whether the caller is a pool's own creator thread: during an outage it is kept waiting for the
 *     first good connection, where anybody else is refused at once
 */
public record ConnectOrder(@Nullable Credentials given, boolean watchSetup, boolean mayWait) {}
