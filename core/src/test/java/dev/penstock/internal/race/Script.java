package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A world of hosts and addresses, and the rules under which they race. {@link #play} plays it on virtual
 * time: a connect that takes 30 s takes a millisecond, and takes the same course each time.
 *
 * <p>The addresses of host {@code db} are {@code db1}, {@code db2}, … in the order of the answer.
 */
final class Script {
    /** Later than anything. */
    static final double NEVER = Double.POSITIVE_INFINITY;

    final long deadline;
    final Map<HostPort, Host> hosts = new LinkedHashMap<>();
    final Map<InetAddress, String> names = new HashMap<>();

    double attemptDelay = 250;
    boolean racing = true;
    int maxSessions = 3;
    Duration dnsPatience = Duration.ofSeconds(1);
    double abandonedAt = NEVER;
    long probeEvery;
    long headStart = Long.MAX_VALUE;

    private Host latest;

    private Script(double deadlineMillis) {
        this.deadline = nanos(deadlineMillis);
    }

    /** With the default rules. */
    static Script deadline(double millis) {
        return new Script(millis);
    }

    static long nanos(double millis) {
        return millis == NEVER ? Long.MAX_VALUE : Math.round(millis * 1e6);
    }

    static double millis(long nanos) {
        return nanos / 1e6;
    }

    // ---- hosts --------------------------------------------------------------------------------

    /** One more host with these addresses, whose look-up answers at once. */
    Script host(String name, Behaviour... addresses) {
        latest = new Host(new HostPort(name, 5432));
        hosts.put(latest.host, latest);
        for (Behaviour behaviour : addresses) {
            address(behaviour);
        }
        return this;
    }

    /** One more address of the host mentioned last. */
    Script address(Behaviour behaviour) {
        add(number(names.size() + 1, false), behaviour);
        return this;
    }

    /** One more address of the host mentioned last, an IPv6 one. */
    Script six(Behaviour behaviour) {
        add(number(names.size() + 1, true), behaviour);
        return this;
    }

    private void add(InetAddress address, Behaviour behaviour) {
        names.put(address, latest.host.host() + (latest.addresses.size() + 1));
        latest.addresses.put(address, behaviour);
    }

    /** Host and address are not ours to choose: a SOCKS proxy, a user's factory. */
    Script direct(String name, Behaviour behaviour) {
        host(name);
        latest.direct = behaviour;
        return this;
    }

    /** It failed a moment ago. */
    Script doubtful() {
        latest.doubtful = true;
        return this;
    }

    Script answersAfter(double millis) {
        latest.answersAfter = millis;
        return this;
    }

    Script mute() {
        return answersAfter(NEVER);
    }

    Script lookUpFailsAfter(double millis) {
        latest.found = false;
        return answersAfter(millis);
    }

    /** The first so many addresses are what the last good answer had. */
    Script lastAnswerHas(int addresses) {
        latest.lastAnswer = new ArrayList<>(latest.addresses.keySet()).subList(0, addresses);
        return this;
    }

    /** The answer has everything twice. */
    Script answersTwice() {
        latest.repeats = 2;
        return this;
    }

    // ---- rules --------------------------------------------------------------------------------

    Script oneByOne() {
        racing = false;
        return this;
    }

    /** The most that a host has before the next one starts beside it, as connectTimeout sets it. */
    Script headStart(double millis) {
        headStart = nanos(millis);
        return this;
    }

    Script attemptDelay(double millis) {
        attemptDelay = millis;
        return this;
    }

    Script sessions(int most) {
        maxSessions = most;
        return this;
    }

    Script dnsPatience(double millis) {
        dnsPatience = Duration.ofNanos(nanos(millis));
        return this;
    }

    Script abandonedAt(double millis) {
        abandonedAt = millis;
        return this;
    }

    /** Looks every so often whether something was due that {@link Race#nextTick} did not announce. */
    Script probedEvery(double millis) {
        probeEvery = nanos(millis);
        return this;
    }

    Played play() {
        return new Player(this).play();
    }

    RaceRules rules() {
        return RaceRules.of(racing, Duration.ofNanos(nanos(attemptDelay)), maxSessions, dnsPatience);
    }

    Course course() {
        return new Course(
                hosts.values().stream()
                        .map(h -> new Course.Host(h.host, h.direct != null, h.doubtful))
                        .toList(),
                deadline,
                headStart);
    }

    Behaviour behaviourOf(Entrant entrant) {
        Host host = hosts.get(entrant.host());
        return entrant.address() == null ? host.direct : host.addresses.get(entrant.address());
    }

    String nameOf(Entrant entrant) {
        return entrant.address() == null ? entrant.host().host() : names.get(entrant.address());
    }

    private static InetAddress number(int number, boolean six) {
        byte[] bytes = new byte[six ? 16 : 4];
        bytes[0] = (byte) (six ? 0x20 : 10);
        bytes[bytes.length - 1] = (byte) number;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One host of the script. */
    static final class Host {
        final HostPort host;
        final Map<InetAddress, Behaviour> addresses = new LinkedHashMap<>();

        @Nullable Behaviour direct;

        boolean doubtful;
        double answersAfter;
        boolean found = true;
        int repeats = 1;
        List<InetAddress> lastAnswer = List.of();

        Host(HostPort host) {
            this.host = host;
        }

        List<InetAddress> answer() {
            List<InetAddress> answer = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                answer.addAll(addresses.keySet());
            }
            return answer;
        }
    }
}
