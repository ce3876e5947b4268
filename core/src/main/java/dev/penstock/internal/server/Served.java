package dev.penstock.internal.server;

import java.sql.Connection;

/**
 * A session, and what its server has of what was asked for.
 *
 * @param connection pgjdbc's own
 * @param side of the server
 */
public record Served(Connection connection, ServerSide side) {}
