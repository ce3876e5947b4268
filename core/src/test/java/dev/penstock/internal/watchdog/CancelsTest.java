package dev.penstock.internal.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Cancel requests wait for their own server only, and what goes wrong with one costs the others nothing. */
class CancelsTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final Cancels cancels = new Cancels(threads::add);

    private void send(String server, String request) {
        cancels.send(server, () -> sent.add(request));
    }

    private void fill(String server) {
        for (int i = 0; i < Cancels.AT_ONCE; i++) {
            send(server, server + i);
        }
    }

    private Runnable nextThread() {
        return threads.remove();
    }

    @Test
    void eachHasAThreadOfItsOwnUpToTheMostAtOnce() {
        fill("a");
        assertThat(threads).hasSize(Cancels.AT_ONCE);
        send("a", "waits");

        assertThat(threads).hasSize(Cancels.AT_ONCE);
    }

    @Test
    void aServerThatDoesNotAnswerDelaysNoOther() {
        fill("black hole");
        for (int i = 0; i < 500; i++) {
            send("black hole", "waits");
        }
        send("b", "to b");

        assertThat(threads).hasSize(Cancels.AT_ONCE + 1);
        threads.stream().skip(Cancels.AT_ONCE).forEach(Runnable::run);
        assertThat(sent).containsExactly("to b");
    }

    @Test
    void whoeverIsDoneSendsThoseThatWaitInTheirOrder() {
        fill("a");
        send("a", "first");
        send("a", "second");
        nextThread().run();

        assertThat(sent).containsExactly("a0", "first", "second");
        assertThat(threads).hasSize(Cancels.AT_ONCE - 1);
    }

    @Test
    void aServerIsForgottenOnceNothingIsUnderWay() {
        for (int round = 0; round < 3; round++) {
            fill("a");
            send("a", "waits");
            while (!threads.isEmpty()) {
                nextThread().run();
            }
        }

        assertThat(sent).hasSize(3 * (Cancels.AT_ONCE + 1));
        fill("a");
        assertThat(threads).hasSize(Cancels.AT_ONCE);
    }

    @Test
    void oneThatThrowsKeepsNoOtherWaiting() {
        for (int i = 0; i < Cancels.AT_ONCE; i++) {
            cancels.send("a", () -> {
                throw new IllegalStateException("broken");
            });
        }
        for (int i = 0; i < Cancels.AT_ONCE; i++) {
            send("a", "waits" + i);
        }
        while (!threads.isEmpty()) {
            try {
                nextThread().run();
            } catch (IllegalStateException e) {
                // a pool's thread would end with it
            }
        }

        assertThat(sent).hasSize(Cancels.AT_ONCE);
        fill("a");
        assertThat(threads).as("threads that may be had again").hasSize(Cancels.AT_ONCE);
    }

    @Test
    void oneForWhichThereIsNoThreadKeepsNoOtherWaiting() {
        boolean[] refuses = {false};
        Cancels some = new Cancels(task -> {
            if (refuses[0]) {
                refuses[0] = false;
                meanwhile.run();
                throw new RejectedExecutionException("no thread");
            }
            threads.add(task);
        });
        for (int i = 0; i < Cancels.AT_ONCE - 1; i++) {
            some.send("a", () -> sent.add("early"));
        }
        refuses[0] = true;
        meanwhile = () -> some.send("a", () -> sent.add("late"));
        some.send("a", () -> sent.add("has no thread"));
        while (!threads.isEmpty()) {
            nextThread().run();
        }

        assertThat(sent).hasSize(Cancels.AT_ONCE).contains("late").doesNotContain("has no thread");
        for (int i = 0; i < Cancels.AT_ONCE; i++) {
            some.send("a", () -> {});
        }
        assertThat(threads).as("threads that may be had again").hasSize(Cancels.AT_ONCE);
    }

    /** Happens while the executor makes up its mind. */
    private Runnable meanwhile = () -> {};

    @Test
    void ifThereAreNoThreadsAtAllNothingIsLeftBehind() {
        boolean[] refuses = {true};
        Cancels none = new Cancels(task -> {
            if (refuses[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            threads.add(task);
        });
        for (int i = 0; i < 100; i++) {
            none.send("a", () -> sent.add("never"));
        }
        refuses[0] = false;
        for (int i = 0; i < Cancels.AT_ONCE; i++) {
            none.send("a", () -> sent.add("later"));
        }

        assertThat(threads).hasSize(Cancels.AT_ONCE);
        while (!threads.isEmpty()) {
            nextThread().run();
        }
        assertThat(sent).hasSize(Cancels.AT_ONCE).containsOnly("later");
    }
}
