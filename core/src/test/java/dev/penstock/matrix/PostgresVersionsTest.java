package dev.penstock.matrix;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A smoke suite on the majors that the other tests do not run on; on another JDK, on the newest only. */
class PostgresVersionsTest {

    abstract static class Smoke {
        private Scenarios scenarios;

        @BeforeEach
        void use(PostgresServer server) {
            scenarios = new Scenarios(server);
        }

        @ParameterizedTest
        @EnumSource
        void connects(Mode mode) throws Exception {
            scenarios.connects(mode);
        }

        @ParameterizedTest
        @EnumSource
        void cancelsAQuery(Mode mode) throws Exception {
            scenarios.cancelsAQuery(mode);
        }

        @ParameterizedTest
        @EnumSource
        void refusesAWrongPassword(Mode mode) {
            scenarios.refusesAWrongPassword(mode);
        }

        @ParameterizedTest
        @EnumSource(names = {"PLAIN", "VERIFY_FULL"})
        void leavesNothingBehind(Mode mode) throws Exception {
            scenarios.leavesNothingBehind(mode);
        }
    }

    @Nested
    @Tag("postgres-14")
    @Tag("once")
    @WithPostgres(major = 14, tls = true)
    class Postgres14 extends Smoke {}

    @Nested
    @Tag("postgres-15")
    @Tag("once")
    @WithPostgres(major = 15, tls = true)
    class Postgres15 extends Smoke {}

    @Nested
    @Tag("postgres-16")
    @Tag("once")
    @WithPostgres(major = 16, tls = true)
    class Postgres16 extends Smoke {}

    @Nested
    @Tag("postgres-18")
    @WithPostgres(major = 18, tls = true)
    class Postgres18 extends Smoke {}
}
