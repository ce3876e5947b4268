package dev.penstock.replay.acts;

import dev.penstock.lab.Await;
import dev.penstock.replay.pools.Side;
import dev.penstock.replay.report.Progress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks on while borrowers borrow. */
final class Watch {
    private static final Duration FIRST_BORROWS = Duration.ofSeconds(10);

    private Watch() {}

    /** Returns when each pool has served somebody. */
    static void untilServing(Side... sides) {
        Await.until("all pools to serve", FIRST_BORROWS, () -> Stream.of(sides).allMatch(side -> side.served() > 0));
    }

    /** Lets the time pass and says every second how many were served. */
    static void over(Duration time, String what, Progress progress, Side... sides) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long[] before = Stream.of(sides).mapToLong(Side::served).toArray();
        for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(rest, TimeUnit.SECONDS.toNanos(1)));
            progress.tick(what + "; borrows served: "
                    + IntStream.range(0, sides.length)
                            .mapToObj(i -> sides[i].name() + " " + (sides[i].served() - before[i]))
                            .collect(Collectors.joining(", ")));
        }
    }
}
