package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionLimit;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who enforces which limit, and what becomes of the connection: each is exceeded on every major, directly and behind
 * PgBouncer, and {@code docs/timeouts.md} says what came of it. With {@code -Dpenstock.docs.regenerate=true} it is made
 * to say so.
 */
class EnforcementTest {
    private static final String DIRECT = "direct";

    @Tag("once")
    @NoLeftovers
    abstract static class Table {
        @Test
        void directly(PostgresServer server) throws Exception {
            measure(DIRECT, server, server.jdbcUrl(), server.credentials());
        }

        @Test
        @NeedsPgBouncer
        void behindPgBouncer(PostgresServer server) throws Exception {
            try (PgBouncer bouncer = PgBouncer.inFrontOf(server).start()) {
                measure("PgBouncer", server, bouncer.jdbcUrl(), bouncer.credentials());
            }
        }

        /** They mostly wait, so all of them at a time. */
        private static void measure(String way, PostgresServer server, String url, Properties credentials)
                throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(SessionLimit.values().length);
            try {
                Map<SessionLimit, Future<Offence.Outcome>> outcomes = new LinkedHashMap<>();
                for (SessionLimit limit : SessionLimit.values()) {
                    Offence offence = new Offence(limit, server, way.equals(DIRECT));
                    outcomes.put(limit, threads.submit(() -> offence.commit(url, credentials)));
                }
                compare(way, server.major(), outcomes);
            } finally {
                threads.shutdownNow();
            }
        }

        private static void compare(String way, int major, Map<SessionLimit, Future<Offence.Outcome>> outcomes)
                throws Exception {
            List<String> measured = new ArrayList<>();
            List<String> documented = new ArrayList<>();
            for (Map.Entry<SessionLimit, Future<Offence.Outcome>> entry : outcomes.entrySet()) {
                String limit = entry.getKey().setting().replace("penstock.session.", "");
                Offence.Outcome outcome = entry.getValue().get();
                String row =
                        EnforcementTable.row(limit, major, way, outcome.by(), outcome.sqlState(), outcome.survives());
                if (EnforcementTable.isToBeWritten()) {
                    EnforcementTable.write(row, limit, major, way);
                }
                measured.add(row);
                documented.add(EnforcementTable.documented(limit, major, way));
            }
            assertThat(documented).as("docs/timeouts.md").isEqualTo(measured);
        }
    }

    @Nested
    @Tag("postgres-14")
    @WithPostgres(major = 14)
    class Postgres14 extends Table {}

    @Nested
    @Tag("postgres-15")
    @WithPostgres(major = 15)
    class Postgres15 extends Table {}

    @Nested
    @Tag("postgres-16")
    @WithPostgres(major = 16)
    class Postgres16 extends Table {}

    @Nested
    @WithPostgres
    class Postgres17 extends Table {}

    @Nested
    @Tag("postgres-18")
    @WithPostgres(major = 18)
    class Postgres18 extends Table {}

    /** Nothing else is in it. */
    @Test
    void theTableHasARowForEach() throws Exception {
        assertThat(EnforcementTable.rows()).isEqualTo(SessionLimit.values().length * 5 * 2);
    }
}
