package dev.penstock.tools.timeouts;

import dev.penstock.lab.postgres.PostgresServer;
import java.util.function.Consumer;

/**
 * What every measurement works with.
 *
 * @param server a real one, with TLS, which nobody may stop
 * @param plan how much is to be measured
 * @param progress takes lines for whoever waits
 */
record Means(PostgresServer server, Plan plan, Consumer<String> progress) {}
