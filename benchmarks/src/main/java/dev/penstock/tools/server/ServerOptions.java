package dev.penstock.tools.server;

import dev.penstock.tools.Rules;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server, and as whom. Set by picocli; not thread-safe. */
public final class ServerOptions {
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

    /** Made by picocli. */
    public ServerOptions() {}

    /**
     * The server; empty without {@code --url}.
     *
     * @param applicationName that its sessions carry
     */
    public Optional<Server> server(String applicationName) {
        check();
        return url == null
                ? Optional.empty()
                : Optional.of(new Server(Login.of(url, user, System.getenv()), deadline, applicationName));
    }

    /** The same with {@code --url} required. */
    public Server required(String applicationName) {
        new Rules(spec).require("--url", "must be given", "missing", url != null);
        return server(applicationName).orElseThrow();
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
}
