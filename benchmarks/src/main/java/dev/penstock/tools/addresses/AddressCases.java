package dev.penstock.tools.addresses;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** All cases: those with a tight limit one after the other, those that only wait for seconds meanwhile. */
final class AddressCases {
    /** The good address, after eleven bad ones of either kind. */
    static final InetAddress GOOD = Loopback.address(13);

    /** Those before it, where they swallow every packet. */
    static final List<InetAddress> BLACK_HOLES = Loopback.addresses(2, 12);

    /** All addresses that are used. */
    static final List<InetAddress> ALL = Loopback.addresses(2, 24);

    private AddressCases() {}

    /** The server must listen on {@link #GOOD}. */
    static List<CaseResult> run(PostgresServer server, Plan plan, Consumer<String> progress)
            throws InterruptedException {
        try (TimedCases timed = new TimedCases(server, plan, progress)) {
            return plan.waiting() ? all(server, timed, progress) : List.of(timed.first(), timed.second(), timed.last());
        }
    }

    private static List<CaseResult> all(PostgresServer server, TimedCases timed, Consumer<String> progress)
            throws InterruptedException {
        try (WaitingCases waiting = new WaitingCases(server, timed.holes(), timed.silent())) {
            progress.accept("in the background: the cases that only wait, and plain pgjdbc");
            CaseResult first = timed.first();
            CaseResult second = timed.second();
            CaseResult last = timed.last();
            progress.accept("waiting for those in the background");
            return List.of(
                    first.withToday(waiting.plainAtBlackHole()),
                    second,
                    last.withToday(waiting.plainAtSilent()),
                    waiting.slow(),
                    waiting.cold());
        }
    }
}
