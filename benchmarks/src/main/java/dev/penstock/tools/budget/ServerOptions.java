package dev.penstock.tools.budget;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.budget.live.BudgetProbe;
import dev.penstock.budget.live.Reading;
import dev.penstock.tools.Rules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A server to ask. */
final class ServerOptions {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "jdbc:postgresql://host:5432/database, without a password: that comes from PGPASSWORD, or from"
                            + " the file that PGPASSFILE names, or from ~/.pgpass. Any role will do; of sessions of other roles"
                            + " one with pg_read_all_stats sees more.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Role to log in as. Default: user= in the URL, PGUSER, or the name of your account.")
    private @Nullable String user;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "Limit for the whole connect, and for each answer after it, 100ms to 1m. Default"
                    + " ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration deadline;

    /** What the server says, over one short-lived connection; empty without {@code --url}. */
    Optional<Reading> readIfAsked() throws SQLException {
        check();
        return url == null ? Optional.empty() : Optional.of(read(Login.of(url, user, System.getenv())));
    }

    /** The same with {@code --url} required. */
    Reading read() throws SQLException {
        new Rules(spec).require("--url", "must be given", "missing", url != null);
        return readIfAsked().orElseThrow();
    }

    private void check() {
        Rules rules = new Rules(spec);
        rules.between("--deadline", SHORTEST, LONGEST, deadline);
        rules.require(
                "--url",
                "must not have a password, which belongs into PGPASSWORD or ~/.pgpass",
                "one that has (not shown)",
                url == null || !Login.carriesPassword(url));
        rules.require("--user", "must go with --url", "'" + user + "' without it", user == null || url != null);
        rules.require(
                "--user",
                "must not be given twice",
                "'" + user + "' beside user= in the URL",
                user == null || url == null || !Login.namesUser(url));
        rules.require("--user", "must not be empty", "''", user == null || !user.isEmpty());
    }

    private Reading read(Login login) throws SQLException {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(deadline))
                .build();
        try (PenstockConnector connector = login.connector()
                        .name("penstock-tools")
                        .property("ApplicationName", "penstock-tools budget")
                        .config(config)
                        .build();
                Connection connection = connector.getConnection()) {
            return ask(connection);
        }
    }

    private Reading ask(Connection connection) throws SQLException {
        int millis = Math.toIntExact(deadline.toMillis());
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
            return BudgetProbe.read(connection);
        } catch (SQLException e) {
            throw new SQLException(
                    "connected, but then the server did not tell its limits and sessions (limit " + millis
                            + " ms for each answer, --deadline): " + e.getMessage(),
                    e.getSQLState(),
                    e);
        }
    }
}
