package dev.penstock.tools.tune.search;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Work that waits, first come first served, for one of so many connections, and shares the server with whatever has one.
 * Event by event, in virtual time.
 *
 * <p>All units that are served progress alike, so their ends are kept by the progress at which they are done.
 */
final class Simulation {
    private static final double MICROS = 1e6;

    private record Served(double doneAt, double due, double began) implements Comparable<Served> {
        @Override
        public int compareTo(Served other) {
            return Double.compare(doneAt, other.doneAt);
        }
    }

    private final Server server;
    private final Work work;
    private final int size;
    private final RandomGenerator random;
    private final ArrayDeque<Double> waiting = new ArrayDeque<>();
    private final PriorityQueue<Served> served = new PriorityQueue<>();
    private final Times times = new Times(Times.histogram(), Times.histogram(), Times.histogram());
    private int thinkers;
    private double now;
    private double progress;
    private double nextArrival;
    private double measuredFrom = Double.POSITIVE_INFINITY;
    private long done;

    Simulation(Server server, Work work, int size, RandomGenerator random) {
        this.server = server;
        this.work = work;
        this.size = size;
        this.random = random;
        if (work.thinking() == 0) {
            for (int i = 0; i < work.callers(); i++) {
                arrive();
            }
        } else {
            thinkers = work.callers();
        }
        nextArrival = work.next(thinkers, random);
    }

    /** From now on what is done counts. */
    void measure() {
        measuredFrom = now;
    }

    /** Goes on for so many seconds, in which the server works at this share of its speed; above 0. */
    void run(double seconds, double speed) {
        double end = now + seconds;
        while (true) {
            int busy = served.size();
            double pace = busy == 0 ? 0 : speed * server.rate(busy) / busy;
            double nextEnd = busy == 0 ? Double.POSITIVE_INFINITY : now + (served.peek().doneAt - progress) / pace;
            double next = Math.min(end, Math.min(nextEnd, nextArrival));
            progress += (next - now) * pace;
            now = next;
            if (next == end) {
                return;
            }
            if (next == nextEnd) {
                finish();
            } else {
                thinkers -= work.isOpen() ? 0 : 1;
                arrive();
                nextArrival = now + work.next(thinkers, random);
            }
        }
    }

    long done() {
        return done;
    }

    Times times() {
        return times;
    }

    private void arrive() {
        if (served.size() < size) {
            serve(now);
        } else {
            waiting.add(now);
        }
    }

    private void serve(double due) {
        served.add(new Served(progress + work.amount(random), due, now));
    }

    private void finish() {
        Served unit = served.remove();
        if (now >= measuredFrom) {
            done++;
            times.waited().recordValue(micros(unit.began - unit.due));
            times.served().recordValue(micros(now - unit.began));
            times.took().recordValue(micros(now - unit.due));
        }
        Double next = waiting.poll();
        if (next != null) {
            serve(next);
        }
        if (!work.isOpen() && work.thinking() == 0) {
            arrive();
        } else if (!work.isOpen()) {
            thinkers++;
            nextArrival = now + work.next(thinkers, random); // memoryless: may be drawn again
        }
    }

    private static long micros(double seconds) {
        return Math.round(seconds * MICROS);
    }
}
