package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.BorrowListener;
import dev.penstock.PenstockConfig;
import dev.penstock.SessionSettings;
import dev.penstock.StubPool;
import dev.penstock.TransactionLimit;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.watchdog.Limits;
import dev.penstock.internal.watchdog.Watchdog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a lease is held to while its transaction has a limit of its own, and for how long. */
class LeasedTransactionTest {
    private static final Duration TWO = Duration.ofSeconds(2);

    private final Sessions sessions = new Sessions(session -> {});
    private final Physical physical = new Physical(1, new ScriptedSocket(() -> 1));
    private final List<TransactionLimit> borrowed = new ArrayList<>();

    private LeaseDesk desk(Consumer<SessionSettings.Builder> limits, BorrowListener listener) {
        PenstockConfig config = PenstockConfig.builder().session(limits).build();
        Listeners listeners = new Listeners(List.of(listener));
        Watchdog watchdog = new Watchdog("world", config.session(), listeners, Runnable::run, () -> 1);
        watchdog.close(); // nobody sweeps here
        sessions.add(physical.connection, physical.session);
        return new LeaseDesk(
                "world",
                config.leases(),
                sessions,
                new Surroundings(new StubPool(), listeners, Runnable::run, config.session(), watchdog, null),
                () -> 1,
                null);
    }

    private LeaseDesk deskOfTransactions() {
        return desk(s -> s.transactionTimeout(Duration.ofSeconds(10)), borrowed::add);
    }

    private Connection borrow(LeaseDesk desk) throws SQLException {
        return desk.lend(() -> new Inner(physical, () -> {}));
    }

    private static long limitOf(Connection handle) {
        return ((LeasedConnection) handle).slot().transactionTimeout();
    }

    @Test
    void itCountsFromTheMomentThatItWasSetUntilTheTransactionEnds() throws SQLException {
        Connection handle = borrow(deskOfTransactions());
        TransactionLimit limit = handle.unwrap(TransactionLimit.class);

        assertThat(limitOf(handle)).isEqualTo(Limits.NEVER);
        assertThat(limit.limitTransaction(TWO)).isTrue();
        assertThat(limitOf(handle)).isEqualTo(TWO.toNanos());
        limit.endTransactionLimit();
        assertThat(limitOf(handle)).isEqualTo(Limits.NEVER);
    }

    @Test
    void theNextBorrowerHasNothingOfIt() throws SQLException {
        LeaseDesk desk = deskOfTransactions();
        Connection first = borrow(desk);
        first.unwrap(TransactionLimit.class).limitTransaction(TWO);
        first.close();

        Connection next = borrow(desk);
        assertThat(limitOf(next)).isEqualTo(Limits.NEVER);
    }

    @Test
    void whoeverHasGivenItBackChangesNothingForTheNext() throws SQLException {
        LeaseDesk desk = deskOfTransactions();
        Connection first = borrow(desk);
        TransactionLimit late = first.unwrap(TransactionLimit.class);
        first.close();
        Connection next = borrow(desk);
        next.unwrap(TransactionLimit.class).limitTransaction(TWO);

        assertThat(late.limitTransaction(Duration.ofMillis(1))).isFalse();
        late.endTransactionLimit();
        assertThat(limitOf(next)).isEqualTo(TWO.toNanos());
    }

    @Test
    void aPoolWithoutAnyLimitEnforcesNothing() throws SQLException {
        Connection handle = borrow(desk(s -> {}, borrowed::add));

        assertThat(handle.unwrap(TransactionLimit.class).limitTransaction(TWO)).isFalse();
        assertThat(limitOf(handle)).isEqualTo(Limits.NEVER);
        assertThat(borrowed).isEmpty();
    }

    @Test
    void itMustBeMoreThanNothing() throws SQLException {
        TransactionLimit limit = borrow(deskOfTransactions()).unwrap(TransactionLimit.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> limit.limitTransaction(Duration.ZERO))
                .withMessageContaining("greater than zero, but was PT0S");
    }

    @Test
    void eachBorrowIsToldBeforeItsBorrowerHasIt() throws SQLException {
        Connection handle = borrow(desk(s -> s.transactionTimeout(Duration.ZERO), lease -> {
            borrowed.add(lease);
            assertThat(lease.limitTransaction(TWO)).isTrue();
        }));

        assertThat(borrowed).singleElement().isSameAs(handle);
        assertThat(limitOf(handle)).isEqualTo(TWO.toNanos());
    }

    /** The connection would be lost for the pool. */
    @Test
    void aBorrowIsNotLostIfWhoeverIsToldThrows() throws SQLException {
        Connection handle = borrow(desk(s -> s.transactionTimeout(Duration.ZERO), lease -> {
            throw new IllegalStateException("on purpose");
        }));

        assertThat(handle).isInstanceOf(LeasedConnection.class);
    }
}
