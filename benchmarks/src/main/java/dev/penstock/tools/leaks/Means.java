package dev.penstock.tools.leaks;

import dev.penstock.lab.postgres.PostgresServer;
import java.util.function.Consumer;

/**
 * What every measurement works with.
 *
 * @param server a real one
 * @param plan how much is to be measured
 * @param seed of everything that is left to chance
 * @param progress takes lines for whoever waits
 */
record Means(PostgresServer server, Plan plan, long seed, Consumer<String> progress) {}
