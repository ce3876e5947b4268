package dev.penstock.internal.connect;

import dev.penstock.ConnectOutcome;
import dev.penstock.KnownAddress;
import dev.penstock.internal.order.AddressMemory;
import dev.penstock.internal.order.HostMemory;
import dev.penstock.internal.order.HostStatus;
import dev.penstock.internal.race.Course;
import dev.penstock.internal.race.Entrant;
import dev.penstock.internal.resolve.LastGoodAnswers;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import dev.penstock.internal.time.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Stage two: what earlier connects have taught about hosts and addresses. Thread-safe. */
final class Memory {
    private final ConnectTarget target;
    private final AddressMemory addresses;
    private final HostMemory hosts;

    Memory(ConnectTarget target, Ticker ticker) {
        this.target = target;
        this.addresses = new AddressMemory(ticker);
        this.hosts = new HostMemory(ticker, target.hostRecheck());
    }

    /**
     * Every host of the URL once, in the order in which to try them. As with the plain driver the next one
     * has its turn after connectTimeout at the latest, though beside the earlier and not in its place.
     */
    Course course(Duration deadline) {
        List<HostPort> inOrder = hosts.order(
                target.hosts(), target.targetRole(), target.loadBalanceHosts(), ThreadLocalRandom.current());
        List<Course.Host> ordered = new ArrayList<>();
        for (HostPort host : new LinkedHashSet<>(inOrder)) {
            ordered.add(new Course.Host(host, isDirect(host), hosts.recentlyFailed(host)));
        }
        Duration headStart = target.connectTimeout().isZero() ? deadline : target.connectTimeout();
        return new Course(ordered, deadline.toNanos(), headStart.toNanos());
    }

    /** Whether neither its look-up nor its address are ours. */
    boolean isDirect(HostPort host) {
        return target.ownSocketFactory() || target.throughSocks(host);
    }

    List<InetAddress> order(HostPort host, List<InetAddress> answer) {
        return addresses.order(host, answer);
    }

    /** For people; see {@link Recollection}. */
    List<KnownAddress> known(LastGoodAnswers answers) {
        return new Recollection(target.hosts(), addresses).of(answers);
    }

    void connected(Entrant entrant, ServerRole role) {
        InetAddress address = entrant.address();
        if (address != null) {
            addresses.good(entrant.host(), address);
        }
        hosts.report(entrant.host(), status(role));
    }

    void wrongRole(Entrant entrant, ServerRole role) {
        hosts.report(entrant.host(), status(role));
    }

    /** An answer from the server, even a refusal, is not held against the address. */
    void failed(Entrant entrant, ConnectOutcome outcome) {
        switch (outcome) {
            case UNREACHABLE, TIMED_OUT, BROKEN -> {
                overtaken(entrant);
                hosts.report(entrant.host(), HostStatus.CONNECT_FAILED);
            }
            case REJECTED, SERVER_FULL, STARTING_UP, SERVER_ERROR ->
                hosts.report(entrant.host(), HostStatus.CONNECT_FAILED);
            default -> {
                // lost, abandoned: says nothing about the server
            }
        }
    }

    /** The name has no address now. */
    void notFound(HostPort host) {
        hosts.report(host, HostStatus.CONNECT_FAILED);
    }

    /** It had started earlier than the winner and was still not there. */
    void overtaken(Entrant entrant) {
        InetAddress address = entrant.address();
        if (address != null) {
            addresses.failed(entrant.host(), address);
        }
    }

    private static HostStatus status(ServerRole role) {
        return switch (role) {
            case PRIMARY -> HostStatus.PRIMARY;
            case SECONDARY -> HostStatus.SECONDARY;
            default -> HostStatus.CONNECTED;
        };
    }
}
