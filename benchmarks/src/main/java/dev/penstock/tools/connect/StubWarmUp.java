package dev.penstock.tools.connect;

import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.tools.pairs.ForkEnd;
import dev.penstock.tools.pairs.Pairs;
import java.sql.SQLException;
import java.util.Properties;

/** Connects to a server that answers at once: nothing but the code of both sides runs, and gets compiled. */
public final class StubWarmUp {
    private StubWarmUp() {}

    /** So many pairs. */
    public static void run(ForkEnd end, int pairs) throws SQLException {
        Properties properties = end.credentials();
        properties.setProperty("sslmode", "disable");
        properties.setProperty("assumeMinServerVersion", "14"); // the stub is asked nothing
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                Connects connects =
                        new Connects("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties)) {
            double[][] unused = new Pairs(connects::plain, connects::penstock, end.coin(), 0).run(pairs);
        }
    }
}
