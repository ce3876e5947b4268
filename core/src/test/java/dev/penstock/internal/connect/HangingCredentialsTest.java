package dev.penstock.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.Credentials;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token service that dies without a word holds the connects up while it is away, not for good. */
@NoLeftovers
class HangingCredentialsTest {
    private static final Credentials FRESH = new Credentials("app", "fresh");

    private final AtomicLong now = new AtomicLong(-3);
    /** The supplier's calls, each of which hangs until it is completed here. */
    private final List<CompletableFuture<Credentials>> calls = new CopyOnWriteArrayList<>();

    private final CredentialsDesk desk = new CredentialsDesk(this::hang, now::get);

    private Credentials hang() {
        CompletableFuture<Credentials> call = new CompletableFuture<>();
        calls.add(call);
        return call.join();
    }

    @AfterEach
    void letGo() {
        calls.forEach(call -> call.complete(FRESH));
    }

    private CompletableFuture<Credentials> askAfter(Duration pause) {
        now.addAndGet(pause.toNanos());
        return desk.ask();
    }

    private static Credentials soon(CompletableFuture<Credentials> answer) {
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void awaitCalls(int count) {
        Await.until(count + " calls", Duration.ofSeconds(10), () -> calls.size() == count);
    }

    @Test
    void whoComesWhileACallIsUnderWaySharesIt() {
        CompletableFuture<Credentials> first = askAfter(Duration.ZERO);
        CompletableFuture<Credentials> second = askAfter(CredentialsDesk.PATIENCE.minusNanos(1));
        awaitCalls(1);

        calls.get(0).complete(FRESH);

        assertThat(soon(first)).isSameAs(FRESH);
        assertThat(soon(second)).isSameAs(FRESH);
    }

    @Test
    void whoComesAfterThatGetsACallOfItsOwn() {
        CompletableFuture<Credentials> first = askAfter(Duration.ZERO);
        awaitCalls(1);
        CompletableFuture<Credentials> second = askAfter(CredentialsDesk.PATIENCE);
        awaitCalls(2);

        calls.get(1).complete(FRESH);

        assertThat(soon(second)).isSameAs(FRESH);
        assertThat(first).isNotDone();
    }

    @Test
    void anOutageOfAnHourCostsAHandfulOfThreads() {
        for (int second = 0; second < 3600; second++) {
            CompletableFuture<Credentials> unused = askAfter(Duration.ofSeconds(1));
        }
        CompletableFuture<Credentials> latest = desk.ask();
        awaitCalls(7);

        calls.forEach(call -> call.complete(FRESH));

        assertThat(soon(latest)).isSameAs(FRESH);
    }

    @Test
    void oneThatHungDoesNotStandInTheWayAfterwards() {
        CompletableFuture<Credentials> hung = askAfter(Duration.ZERO);
        awaitCalls(1);
        CompletableFuture<Credentials> second = askAfter(CredentialsDesk.PATIENCE);
        awaitCalls(2);
        calls.get(1).complete(FRESH);
        assertThat(soon(second)).isSameAs(FRESH);

        CompletableFuture<Credentials> third = askAfter(Duration.ofSeconds(1));
        awaitCalls(3);
        calls.get(2).complete(FRESH);

        assertThat(soon(third)).isSameAs(FRESH);
        assertThat(hung).isNotDone();
    }
}
