package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.StubPool;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.sweep.Turn;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool on virtual time, swept every half second, with settings at their defaults, and what its borrowers do: one
 * agenda for all, so that every run is the same.
 */
final class LeaseDay implements AutoCloseable, PenstockListener {
    static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final PriorityQueue<Entry> agenda = new PriorityQueue<>();
    private final Random random;
    private final Sessions sessions = new Sessions(session -> {});
    private final Deque<Physical> idle = new ArrayDeque<>();
    private final LeaseDesk desk;
    private final Turn turn;
    private final Person patient = new Person("patient");
    private final Map<String, Tour> tours = new HashMap<>();
    private final Set<Tour> forgotten = new HashSet<>();
    private long entries;
    private int made;

    final List<String> wrong = new ArrayList<>();
    final List<Tour> planted = new ArrayList<>();
    final Map<LeaseVerdict, Integer> verdicts = new HashMap<>();
    int borrows;

    private record Entry(long at, long number, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    LeaseDay(long seed) {
        this.random = new Random(seed);
        this.desk = new LeaseDesk(
                "day",
                PenstockConfig.builder().build().leases(),
                sessions,
                new Surroundings(
                        new StubPool(),
                        new Listeners(List.of(this)),
                        Runnable::run,
                        PenstockConfig.defaults().session(),
                        null,
                        null),
                now::get,
                null);
        this.turn = new Turn(desk, now.get());
    }

    // ---- time -----------------------------------------------------------------------------------

    /** Lets it pass. */
    void pass(Duration time) {
        long end = now.get() + time.toNanos();
        for (long sweep = now.get(); sweep - end <= 0; sweep += LeaseDesk.TICK.toNanos()) {
            for (Entry next = agenda.peek(); next != null && next.at <= sweep; next = agenda.peek()) {
                now.set(next.at);
                agenda.remove();
                next.task.run();
            }
            now.set(sweep);
            turn.tick(now.get());
            forgotten.forEach(tour -> tour.collect(now.get()));
        }
    }

    /** Has it done in so many seconds. */
    void in(double seconds, Runnable task) {
        agenda.add(new Entry(now.get() + (long) (seconds * SECOND), entries++, task));
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Again and again, in irregular intervals. */
    void every(double meanSeconds, Runnable task) {
        in(between(0, 2 * meanSeconds), () -> {
            task.run();
            every(meanSeconds, task);
        });
    }

    // ---- borrowers ------------------------------------------------------------------------------

    /** By a thread that lives on. */
    Tour borrow(@Nullable LeaseVerdict right) {
        return borrow(right, Terms.suspectAfter(Duration.ofSeconds(30)));
    }

    Tour borrow(@Nullable LeaseVerdict right, Terms terms) {
        Physical physical = fromPool();
        Inner inner = new Inner(physical, () -> idle.push(physical));
        return started(inner, physical, patient.does(() -> desk.lend(() -> inner, terms)), right);
    }

    /** By a thread that ends at once. */
    Tour borrowAndDie(@Nullable LeaseVerdict right) {
        Physical physical = fromPool();
        Inner inner = new Inner(physical, () -> idle.push(physical));
        try (Person mortal = new Person("mortal")) {
            return started(inner, physical, mortal.does(() -> desk.lend(() -> inner)), right);
        }
    }

    private Physical fromPool() {
        Physical known = idle.poll();
        if (known != null) {
            return known;
        }
        Physical fresh = new Physical(++made, new ScriptedSocket(now::get));
        sessions.add(fresh.connection, fresh.session);
        return fresh;
    }

    private Tour started(Inner inner, Physical physical, Connection handle, @Nullable LeaseVerdict right) {
        borrows++;
        Tour tour = new Tour(inner, physical, handle, right, now.get());
        tours.put(tour.id(), tour);
        if (right != null) {
            planted.add(tour);
        }
        return tour;
    }

    void ends(Tour tour) {
        tour.close();
        tours.remove(tour.id());
    }

    /** Past the handle, which nobody closes ever. */
    void endsUnderneath(Tour tour) {
        tour.forget();
        tour.inner.close();
        tours.remove(tour.id());
        forgotten.remove(tour);
    }

    /** Nobody has the handle any more; the statement, perhaps. */
    void forgets(Tour tour) {
        tour.forget();
        forgotten.add(tour);
    }

    /** A statement of so many seconds. */
    void statement(Tour tour, double seconds, Runnable then) {
        tour.physical.wire.asks();
        tour.quietSince = now.get();
        in(seconds, () -> {
            tour.physical.wire.answers();
            tour.quietSince = now.get();
            then.run();
        });
    }

    /** So many statements of a tenth of a second, with pauses of so many seconds in between. */
    void statements(Tour tour, int count, double leastPause, double mostPause, Runnable then) {
        statement(tour, 0.1, () -> {
            if (count == 1) {
                then.run();
            } else {
                in(between(leastPause, mostPause), () -> statements(tour, count - 1, leastPause, mostPause, then));
            }
        });
    }

    /** The next statement opens one. */
    void begins(Tour tour) {
        tour.physical.inTransaction = true;
    }

    void commits(Tour tour) {
        tour.physical.inTransaction = false;
    }

    // ---- what is told ---------------------------------------------------------------------------

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        LeaseVerdict verdict = event.report().verdict();
        verdicts.merge(verdict, 1, Integer::sum);
        Tour tour = tours.get(event.report().lease().id());
        if (tour == null || tour.right != verdict) {
            wrong.add((tour == null ? "over" : "must be " + tour.right) + ": "
                    + event.report().describe());
        } else if (tour.reportedAfter == null) {
            tour.reportedAfter = now.get() - tour.quietSince;
        }
    }

    List<Tour> openPlanted() {
        return planted.stream().filter(tour -> tours.containsKey(tour.id())).toList();
    }

    long now() {
        return now.get();
    }

    int openLeases() {
        return desk.onLoan().list().size();
    }

    int toursUnderWay() {
        return tours.size();
    }

    @Override
    public void close() {
        patient.close();
        desk.close();
    }
}
