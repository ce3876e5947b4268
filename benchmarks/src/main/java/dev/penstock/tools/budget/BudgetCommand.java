package dev.penstock.tools.budget;

import dev.penstock.tools.server.TakesLogin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code budget}: groups the commands around a plan of connections. */
@Command(
        name = "budget",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        description = {
            "Counts connections: do the pools of all services fit what PostgreSQL allows?",
            "A plan is a YAML file; fields that are left out have the values shown, those marked * must be given:",
            "",
            "server:",
            "  maxConnections: 100        # * max_connections",
            "  superuserReserved: 3       # superuser_reserved_connections",
            "  reserved: 0                # reserved_connections, PostgreSQL 16 and later",
            "  roleLimit: none            # CONNECTION LIMIT of the role",
            "  databaseLimit: none        # CONNECTION LIMIT of the database",
            "  others: 0                  # connections of whoever else uses the server",
            "  headroom: {migrations: 0, monitoring: 0, people: 0}",
            "  memory: {forConnections: 1000, perConnection: 10}  # MiB; left out: no limit",
            "services:",
            "  - name: checkout           # *",
            "    replicas: 6              # * or {steady: 6, maximum: 12} with an autoscaler",
            "    rollout: 25%%             # or in-place, blue-green, or a number of replicas",
            "    pools: 1                 # per replica",
            "    poolSize: 10             # * the most connections of one pool",
            "    threads: 1               # that use one pool, given together with",
            "    connectionsPerThread: 1  # how many each of them takes at a time",
            "    share: {weight: 1, priority: 1, most: 1000000}  # for the recommendation",
            "    via: pgbouncer           # name of a tier; left out: straight to the server",
            "tiers:                       # PgBouncers",
            "  - name: pgbouncer          # *",
            "    instances: 1",
            "    rollout: in-place",
            "    databases: 1",
            "    usersPerDatabase: 1",
            "    defaultPoolSize: 20",
            "    reservePoolSize: 0",
            "    maxDbConnections: 0      # 0: no limit",
            "    maxClientConn: 100",
            "clients:                     # whose connections no rollout changes",
            "  - name: celery beat        # *",
            "    connections: 1           # *",
            "    via: pgbouncer           # as above",
            "thresholds: {steady: 80, rollout: 80}   # per cent; more is TIGHT",
            "rolloutsAtOnce: all          # or how many are rolled out at the same time",
            ""
        },
        subcommands = {PlanCommand.class, CheckCommand.class, CensusCommand.class, SizeCommand.class})
public final class BudgetCommand implements Runnable, TakesLogin {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "plan, check, census or size must be given, but was none");
    }
}
