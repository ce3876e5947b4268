package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** None of the pools asks the server anything about a connection that was used a moment ago, and that is noticed. */
@Tag("once") // it waits for most of its time, for the same on every JDK
@WithPostgres
class PoolOnServerTest {
    private final PostgresServer server;

    PoolOnServerTest(PostgresServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource
    void borrowingSendsNothingAndAStatementDoes(Side side) throws Exception {
        PoolOnServer pool = PoolOnServer.over(server, side);
        try {
            pool.use();
            for (int i = 0; i < 10; i++) {
                pool.dataSource().getConnection().close();
            }
            assertThatCode(pool::checkThatNothingWasSent).doesNotThrowAnyException();

            try (Connection connection = pool.dataSource().getConnection()) {
                connection.createStatement().execute("select 1");
            }
            assertThatThrownBy(pool::checkThatNothingWasSent)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("borrowing must not talk to the server");
        } finally {
            pool.close();
        }
    }

    /** As where others have the processors for a while: all that was measured would be void. */
    @ParameterizedTest
    @EnumSource(names = {"HIKARI", "PENSTOCK"})
    void notEvenAfterMoreThanHalfASecond(Side side) throws Exception {
        PoolOnServer pool = PoolOnServer.over(server, side);
        try {
            pool.use();
            Thread.sleep(600); // HikariCP's own clock, and its own limit

            pool.dataSource().getConnection().close();

            assertThatCode(pool::checkThatNothingWasSent).doesNotThrowAnyException();
        } finally {
            pool.close();
        }
    }
}
