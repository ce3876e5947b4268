package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectTest;
import dev.penstock.Credentials;
import dev.penstock.PhaseTime;
import dev.penstock.internal.failure.FailureClass;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.time.ContextLoader;
import dev.penstock.internal.time.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connect test from the call to the report: credentials, look-ups, then every address by itself, a few at a
 * time. The calling thread decides everything; resolver threads and workers post what has happened into its
 * inbox. Nothing is learned from it: no breaker, no address memory, no last good answer, no listener hears of it.
 */
final class TestRun {
    /** So that a test is no storm on a server that many addresses lead to. */
    private static final int AT_ONCE = 4;

    private final ConnectRoute route;
    private final Deadline deadline;
    private final ContextLoader caller = ContextLoader.ofCaller();
    private final LookUps lookUps;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private volatile @Nullable String abandonedBecause;
    private volatile @Nullable CompletableFuture<Credentials> askedFor;

    // the calling thread's own
    private final Map<HostPort, List<Place>> places = new LinkedHashMap<>();
    private final Deque<Place> untried = new ArrayDeque<>();
    private final Set<Place> underWay = new LinkedHashSet<>();
    private @Nullable Credentials credentials;

    /** Where one line of the report comes from: an address, or a host that comes to none. */
    private final class Place {
        private final HostPort host;
        private final @Nullable InetAddress address;
        private @Nullable Trial trial;
        private ConnectTest.@Nullable Result end;

        Place(HostPort host, @Nullable InetAddress address) {
            this.host = host;
            this.address = address;
        }

        Trial begin(Duration share) {
            Trial begun = new Trial(route, host, address, lookUps.took(host), share);
            trial = begun;
            return begun;
        }

        boolean overdue() {
            return trial != null && trial.remainingNanos() <= 0;
        }

        /** Nothing of it stays open; unless it has ended before, this is how. */
        void giveUp(ConnectOutcome outcome, @Nullable String why) {
            (trial == null ? begin(Duration.ZERO) : trial).giveUp(outcome, why);
        }

        ConnectTest.Result result() {
            return trial == null ? Objects.requireNonNull(end) : Objects.requireNonNull(trial.result());
        }
    }

    TestRun(ConnectRoute route, Deadline deadline) {
        this.route = route;
        this.deadline = deadline;
        this.lookUps = new LookUps(route.resolver, deadline);
        route.target.hosts().forEach(host -> places.put(host, new ArrayList<>()));
    }

    /** Ends it from outside: the report says so of what is not over by then. */
    void abandon(String because) {
        abandonedBecause = because;
        CompletableFuture<Credentials> asked = askedFor;
        if (asked != null) {
            asked.cancel(false);
        }
        inbox.add(() -> {}); // wakes the caller
    }

    ConnectTest get(@Nullable Credentials given) {
        try {
            CredentialsDesk desk = route.credentials;
            credentials = desk == null ? given : fetchFrom(desk);
            places.keySet().forEach(this::findAddresses);
            while (!over()) {
                beginWhatFits();
                awaitNews();
                endWhatIsOverdue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon("the calling thread was interrupted");
        } catch (TimeoutException e) {
            noCredentials(null);
        } catch (ExecutionException e) {
            noCredentials(e.getCause());
        } catch (CancellationException e) {
            // abandoned while it waited for credentials
        } finally {
            endTheRest();
        }
        return report();
    }

    // ---- credentials --------------------------------------------------------------------------

    private Credentials fetchFrom(CredentialsDesk desk)
            throws InterruptedException, TimeoutException, ExecutionException {
        CompletableFuture<Credentials> asked = desk.ask();
        askedFor = asked;
        if (abandonedBecause != null) {
            asked.cancel(false);
        }
        return asked.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    private void noCredentials(@Nullable Throwable cause) {
        places.keySet()
                .forEach(host ->
                        ended(host, ConnectPhase.CREDENTIALS, ConnectOutcome.NO_CREDENTIALS, Duration.ZERO, cause));
    }

    // ---- look-ups -----------------------------------------------------------------------------

    private void findAddresses(HostPort host) {
        if (route.memory.isDirect(host)) {
            add(new Place(host, null));
        } else {
            lookUps.start(host, (addresses, failure) -> inbox.add(() -> answered(host, addresses, failure)));
        }
    }

    private void answered(HostPort host, @Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        lookUps.known(host);
        Duration startedAfter = Duration.ofNanos(lookUps.end(host));
        if (addresses == null) {
            ended(host, ConnectPhase.DNS, ConnectOutcome.UNREACHABLE, startedAfter, failure);
        } else {
            new LinkedHashSet<>(addresses).forEach(address -> add(new Place(host, address)));
        }
    }

    private void add(Place place) {
        placesOf(place.host).add(place);
        untried.add(place);
    }

    private List<Place> placesOf(HostPort host) {
        return Objects.requireNonNull(places.get(host));
    }

    /** The host comes to no address. */
    private void ended(
            HostPort host,
            ConnectPhase phase,
            ConnectOutcome outcome,
            Duration startedAfter,
            @Nullable Throwable cause) {
        Duration took = deadline.elapsed().minus(startedAfter);
        Place place = new Place(host, null);
        place.end = Trial.result(
                new ConnectAttempt(
                        host.toString(),
                        null,
                        phase,
                        outcome,
                        startedAfter,
                        took,
                        List.of(new PhaseTime(phase, took)),
                        cause == null ? null : FailureClass.sqlState(cause),
                        cause),
                abandonedBecause);
        placesOf(host).add(place);
    }

    // ---- trials -------------------------------------------------------------------------------

    private boolean over() {
        boolean allTried =
                untried.isEmpty() && underWay.isEmpty() && lookUps.underWay().isEmpty();
        return allTried || abandonedBecause != null || deadline.expired();
    }

    private void beginWhatFits() {
        while (underWay.size() < AT_ONCE && !untried.isEmpty()) {
            Duration share = share();
            Place place = untried.remove();
            underWay.add(place);
            place.begin(share).start(credentials, caller, () -> inbox.add(() -> underWay.remove(place)));
        }
    }

    /**
     * What is left, divided by the rounds that it takes if nobody answers: so that each address has its turn,
     * however many hang. A name without an answer yet counts as one round more.
     */
    private Duration share() {
        int rounds = (untried.size() + AT_ONCE - 1) / AT_ONCE;
        int unknown = lookUps.underWay().isEmpty() ? 0 : 1;
        return Duration.ofNanos(deadline.remainingNanos() / (rounds + unknown));
    }

    private void awaitNews() throws InterruptedException {
        long patience = deadline.remainingNanos();
        for (Place place : underWay) {
            patience = Math.min(patience, Objects.requireNonNull(place.trial).remainingNanos());
        }
        Runnable news = inbox.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
        if (news != null) {
            news.run();
        }
    }

    private void endWhatIsOverdue() {
        List<Place> overdue = underWay.stream().filter(Place::overdue).toList();
        overdue.forEach(place -> place.giveUp(ConnectOutcome.TIMED_OUT, null));
        overdue.forEach(underWay::remove);
    }

    /** Whatever is not over: nothing of it stays. */
    private void endTheRest() {
        ConnectOutcome outcome = abandonedBecause == null ? ConnectOutcome.TIMED_OUT : ConnectOutcome.ABANDONED;
        for (HostPort host : lookUps.underWay()) {
            ended(host, ConnectPhase.DNS, outcome, Duration.ofNanos(lookUps.end(host)), null);
        }
        underWay.forEach(place -> place.giveUp(outcome, abandonedBecause));
        String why = abandonedBecause == null ? "no time left to try it" : abandonedBecause;
        untried.forEach(place -> place.giveUp(outcome, why));
        places.forEach((host, all) -> {
            if (all.isEmpty()) { // abandoned before it was looked up
                ended(host, ConnectPhase.CREDENTIALS, outcome, Duration.ZERO, null);
            }
        });
    }

    private ConnectTest report() {
        List<ConnectTest.Result> results = new ArrayList<>();
        places.values().forEach(all -> all.forEach(place -> results.add(place.result())));
        return new ConnectTest(route.name, route.target.describe(), deadline.limit(), deadline.elapsed(), results);
    }
}
