package dev.penstock.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of an application, some of which leak. No build runs them: {@link JupiterRun} does. */
@SuppressWarnings("unused") // through reflection
final class LeakCases {
    /** Where all of the leaks are. */
    static final String PLACE = LeakCases.class.getName() + ".leak(LeakCases.java:";

    static final List<Class<?>> ALL = List.of(
            GivenToStaticField.class,
            GivenToInstanceField.class,
            FoundInFields.class,
            FoundInSuperClass.class,
            MadeBeforeEach.class,
            Waiting.class,
            NothingToWatch.class,
            NotPenstocks.class,
            NotDetected.class,
            Enclosing.class);

    /** Set by {@link JupiterRun}: whoever else comes across these tests is not to fail by them. */
    static final String WANTED = "penstock.test.leakCases";

    private LeakCases() {}

    /** On every case. */
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(WhenWanted.class)
    private @interface Case {}

    private static final class WhenWanted implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(WANTED).isPresent()
                    ? ConditionEvaluationResult.enabled("wanted")
                    : ConditionEvaluationResult.disabled("part of PenstockLeakExtensionTest");
        }
    }

    private static Connection leak(DataSource pool) throws SQLException {
        return pool.getConnection();
    }

    @Case
    static final class GivenToStaticField {
        static final DataSource POOL = Stubs.guarded("given");

        @RegisterExtension
        static final PenstockLeakExtension LEAKS = PenstockLeakExtension.watching(POOL);

        @BeforeAll
        static void holdOneForAll() throws SQLException {
            Connection unused = POOL.getConnection();
        }

        @Test
        void clean() throws SQLException {
            leak(POOL).close();
        }

        @Test
        void leaks() throws SQLException {
            Connection unused = leak(POOL);
        }

        @Test
        void leaksTwo() throws SQLException {
            Connection one = leak(POOL);
            Connection two = leak(POOL);
        }

        @RepeatedTest(2)
        void cleanAgain() throws SQLException {
            leak(POOL).close();
        }

        @Test
        void leaksAndFails() throws SQLException {
            Connection unused = leak(POOL);
            fail("its own failure");
        }
    }

    @Case
    static final class GivenToInstanceField {
        private final DataSource pool = Stubs.guarded("given");

        @RegisterExtension
        private final PenstockLeakExtension leaks = PenstockLeakExtension.watching(pool);

        @Test
        void clean() throws SQLException {
            leak(pool).close();
        }

        @Test
        void leaks() throws SQLException {
            Connection unused = leak(pool);
        }
    }

    @Case
    @ExtendWith(PenstockLeakExtension.class)
    static class FoundInFields {
        private static final DataSource SHARED = Stubs.guarded("shared");
        private final DataSource own = Stubs.guarded("own");
        private final DataSource notPenstocks = Stubs.plain();
        private DataSource empty;

        @Test
        void clean() throws SQLException {
            leak(SHARED).close();
            leak(own).close();
            Connection notWatched = notPenstocks.getConnection();
        }

        @Test
        void leaksOfStaticField() throws SQLException {
            Connection unused = leak(SHARED);
        }

        @Test
        void leaksOfInstanceField() throws SQLException {
            Connection unused = leak(own);
        }
    }

    @Case
    static final class FoundInSuperClass extends FoundInFields {}

    @Case
    @ExtendWith(PenstockLeakExtension.class)
    static final class MadeBeforeEach {
        private DataSource pool;
        private Connection connection;
        private boolean giveBack;

        @BeforeEach
        void borrow() throws SQLException {
            pool = Stubs.guarded("made before each");
            connection = leak(pool);
        }

        @Test
        void clean() {
            giveBack = true;
        }

        @Test
        void leaksWhatWasBorrowedBeforeIt() {
            giveBack = false;
        }

        @Test
        void leaks() throws SQLException {
            giveBack = true;
            Connection unused = leak(pool);
        }

        @AfterEach
        void giveBack() throws SQLException {
            if (giveBack) {
                connection.close();
            }
        }
    }

    @Case
    static final class Waiting {
        private final DataSource pool = Stubs.guarded("waiting");

        @RegisterExtension
        private final PenstockLeakExtension leaks =
                PenstockLeakExtension.watching(pool).waitingFor(Duration.ofMinutes(1));

        @Test
        void cleanOnceAnotherThreadHasGivenItBack() throws SQLException {
            Connection connection = leak(pool);
            LateReturn.whileWaiting(Thread.currentThread(), connection);
        }
    }

    @Case
    @ExtendWith(PenstockLeakExtension.class)
    static final class NothingToWatch {
        private final DataSource notPenstocks = Stubs.plain();
        private final Optional<DataSource> noField = Optional.of(Stubs.guarded("not a field"));

        @Test
        void isRefused() {}
    }

    @Case
    static final class NotPenstocks {
        @RegisterExtension
        private final PenstockLeakExtension leaks = PenstockLeakExtension.watching(Stubs.plain());

        @Test
        void isRefused() {}
    }

    @Case
    static final class NotDetected {
        @RegisterExtension
        private final PenstockLeakExtension leaks =
                PenstockLeakExtension.watching(Stubs.guarded("unwatched", leases -> leases.detection(false)));

        @Test
        void isRefused() {}
    }

    @Case
    @ExtendWith(PenstockLeakExtension.class)
    static final class Enclosing {
        private final DataSource pool = Stubs.guarded("of the enclosing class");

        @Nested
        final class Inner {
            @Test
            void clean() throws SQLException {
                leak(pool).close();
            }

            @Test
            void leaks() throws SQLException {
                Connection unused = leak(pool);
            }
        }
    }
}
