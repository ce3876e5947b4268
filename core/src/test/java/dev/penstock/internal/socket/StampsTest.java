package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stamps of a conversation tell, on virtual time. */
class StampsTest {
    private final AtomicLong now = new AtomicLong(1000);
    private final AtomicBoolean open = new AtomicBoolean();
    private final Stamps stamps = new Stamps(now::get, new ExchangeGuard());

    @BeforeEach
    void attach() {
        stamps.attach(open::get);
    }

    private SocketPicture picture() {
        return Objects.requireNonNull(stamps.picture());
    }

    private void at(long time, Runnable... events) {
        now.set(time);
        for (Runnable event : events) {
            event.run();
        }
    }

    private void writeBegins() {
        try {
            stamps.writeBegins();
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the last of a request. */
    private void writeEnds() {
        stamps.writeEnds(Stamps.A_WHOLE_BUFFER - 1);
    }

    private void write(long time) {
        at(time, this::writeBegins, this::writeEnds);
    }

    private void answer(long time) {
        at(time, stamps::readBegins, () -> stamps.heard(ReadyForQuery.NONE));
    }

    @Test
    void nothingHasHappenedYet() {
        assertThat(picture())
                .isEqualTo(new SocketPicture(0, 1000, 1000, false, false, 0, false, 0, null, 0, false, false, 1000));
        assertThat(stamps.lastHeardNanos()).isEqualTo(1000);
    }

    @Test
    void anExchangeBeginsWithTheFirstWriteAndOnlyThere() {
        write(1010);
        write(1020);
        assertThat(picture().exchange()).isEqualTo(1);
        assertThat(picture().begunAt()).isEqualTo(1010);
        answer(1030);
        answer(1040);
        assertThat(picture().exchange()).isEqualTo(1);
        write(1050);

        assertThat(picture().exchange()).isEqualTo(2);
        assertThat(picture().begunAt()).isEqualTo(1050);
    }

    @Test
    void whoIsInsideAWriteOrAReadIsSeenThere() {
        at(1010, this::writeBegins);
        assertThat(picture().insideWrite()).isTrue();
        assertThat(picture().writeBegunAt()).isEqualTo(1010);
        at(1015, () -> stamps.writeEnds(Stamps.A_WHOLE_BUFFER));
        assertThat(picture().insideWrite()).isFalse();
        assertThat(picture().lastUsed()).isEqualTo(1015);
        at(1020, stamps::readBegins);
        assertThat(picture().insideRead()).isTrue();
        assertThat(picture().answered()).isFalse();
        at(1030, () -> stamps.heard(ReadyForQuery.NONE));

        assertThat(picture().insideRead()).isFalse();
        assertThat(picture().lastUsed()).isEqualTo(1030);
        assertThat(stamps.lastUsedNanos()).isEqualTo(1030);
        assertThat(stamps.lastHeardNanos()).isEqualTo(1030);
    }

    /** Each of them, whether it was the last or not: it is what the client has waited for room to send, and the answer. */
    @Test
    void whatWritesTakeIsWaitedFor() {
        at(1010, this::writeBegins);
        at(1110, () -> stamps.writeEnds(Stamps.A_WHOLE_BUFFER));
        assertThat(picture().waitedUntil(1200)).isEqualTo(100);
        at(2010, this::writeBegins);
        at(2060, this::writeEnds);
        assertThat(picture().lastUsed()).isEqualTo(2010);
        at(2061, stamps::readBegins);

        assertThat(picture().waitedUntil(2070)).isEqualTo(160);
        at(2080, () -> stamps.heard(ReadyForQuery.NONE));
        assertThat(picture().waitedUntil(2090)).isEqualTo(170);
    }

    /** A NOTICE every 100 ms refreshes nothing. */
    @Test
    void readingOnAtOnceIsTheSameExchange() {
        write(1010);
        for (long time = 2000; time < 100_000_000_000L; time += 100_000_000) {
            answer(time);
            at(time + 50_000, stamps::readBegins);
            assertThat(picture().answered()).isFalse();
            assertThat(picture().begunAt()).isEqualTo(1010);
        }
    }

    @Test
    void aReadAfterACompleteAnswerWaitsForSomethingElse() {
        write(1010);
        at(1020, stamps::readBegins, () -> stamps.heard(ReadyForQuery.IDLE));
        at(1021, stamps::readBegins);

        assertThat(picture().answered()).isTrue();
        assertThat(picture().readBegunAt()).isEqualTo(1021);
    }

    @Test
    void soDoesOneThatBeginsLongAfterTheLastByte() {
        write(1010);
        answer(1020);
        at(1020 + Stamps.PAUSE_WITHIN_AN_ANSWER, stamps::readBegins);
        assertThat(picture().answered()).isFalse();
        at(1021 + Stamps.PAUSE_WITHIN_AN_ANSWER, () -> stamps.heardNothing(false), stamps::readBegins);

        assertThat(picture().answered()).isTrue();
    }

    /** Notifications come in bunches: what follows one at once is no answer either. */
    @Test
    void thatRemainsSoUntilTheNextWrite() {
        write(1010);
        answer(1020);
        at(1021, stamps::readTimeoutSet, stamps::readBegins, () -> stamps.heard(ReadyForQuery.NONE));
        at(1022, stamps::readBegins);
        assertThat(picture().answered()).isTrue();
        at(1023, () -> stamps.heard(ReadyForQuery.NONE));
        write(1030);
        at(1031, stamps::readBegins);

        assertThat(picture().answered()).isFalse();
    }

    @Test
    void aReadWhoseTimeIsUpEndsTheAnswerThatHasBegun() {
        write(1010);
        answer(1020);
        at(1021, stamps::readBegins);
        at(5000, () -> stamps.heardNothing(true), stamps::readBegins);

        assertThat(picture().answered()).isTrue();
        assertThat(stamps.lastHeardNanos()).isEqualTo(1020);
        assertThat(stamps.lastUsedNanos()).isEqualTo(5000);
    }

    /** COPY IN looks for a word of the server for a millisecond after each chunk. */
    @Test
    void oneThatNobodyHasAnsweredYetDoesNot() {
        write(1010);
        at(1020, stamps::readTimeoutSet, stamps::readBegins);
        at(1030, () -> stamps.heardNothing(true), stamps::readBegins);
        assertThat(picture().answered()).isFalse();
        at(1040, () -> stamps.heardNothing(true));
        write(1050);

        assertThat(picture().exchange()).isEqualTo(1);
    }

    /** What the server has said in plain text is not asked once more. */
    @Test
    void theServersOwnWordTellsWhetherATransactionIsOpen() {
        write(1010);
        at(1020, stamps::readBegins, () -> stamps.heard(ReadyForQuery.IN_TRANSACTION));
        write(1030);
        assertThat(picture().outsideTransactionAt()).isEqualTo(1010);
        at(1040, stamps::readBegins, () -> stamps.heard(ReadyForQuery.FAILED));
        write(1050);
        assertThat(picture().outsideTransactionAt()).isEqualTo(1010);
        open.set(true);
        at(1060, stamps::readBegins, () -> stamps.heard(ReadyForQuery.IDLE));
        write(1070);

        assertThat(picture().outsideTransactionAt()).isEqualTo(1070);
    }

    /** setNetworkTimeout from another thread, in the middle of a statement. */
    @Test
    void aReadTimeoutThatIsSetDuringAReadMeansNothing() {
        write(1010);
        at(1011, stamps::readBegins, stamps::readTimeoutSet, () -> stamps.heard(ReadyForQuery.NONE));
        at(1012, stamps::readBegins);

        assertThat(picture().answered()).isFalse();
    }

    @Test
    void aTransactionBeganWithTheLatestExchangeThatWasOutsideOfOne() {
        write(1010);
        assertThat(picture().inTransaction()).isFalse();
        answer(1020);
        open.set(true);
        assertThat(picture().outsideTransactionAt()).isEqualTo(1010);
        write(2000);
        answer(2010);
        assertThat(picture().inTransaction()).isTrue();
        assertThat(picture().outsideTransactionAt()).isEqualTo(1010);
        write(3000);
        answer(3010);
        open.set(false);
        assertThat(picture().inTransaction()).isFalse();
        write(3020);
        answer(3030);
        open.set(true);

        assertThat(picture().inTransaction()).isTrue();
        assertThat(picture().outsideTransactionAt()).isEqualTo(3020);
    }

    /** As seen by another thread, half a million exchanges long. */
    @Test
    void aPictureIsOfOneMoment() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread talker = new Thread(() -> talk(over), "talker");
        talker.start();
        long seen = 0;
        while (!over.get()) {
            SocketPicture picture = stamps.picture();
            if (picture == null) {
                continue; // the talker was put to sleep in the middle of a change
            }
            // exchange n begins at 1000 n, outside a transaction if n is odd
            long n = picture.exchange();
            if (n > 0) {
                assertThat(picture.begunAt()).isEqualTo(1000 * n);
                assertThat(picture.outsideTransactionAt()).isEqualTo(1000 * (n % 2 == 1 ? n : n - 1));
                assertThat(picture.insideWrite() && picture.insideRead()).isFalse();
                assertThat(picture.lastUsed()).isBetween(1000 * n - 950, 1000 * n + 50);
            }
            seen++;
        }
        talker.join();
        assertThat(seen).isPositive();
    }

    private void talk(AtomicBoolean over) {
        for (long n = 1; n <= 500_000; n++) {
            open.set(n % 2 == 0);
            at(1000 * n, this::writeBegins);
            at(1000 * n + 10, this::writeEnds, stamps::readBegins);
            at(1000 * n + 50, () -> stamps.heard(ReadyForQuery.NONE));
        }
        over.set(true);
    }
}
