package dev.penstock.replay.acts;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.connects.BlackHoles;
import dev.penstock.replay.connects.ConnectJvm;
import dev.penstock.replay.connects.ConnectPlan;
import dev.penstock.replay.connects.HostsFile;
import dev.penstock.replay.connects.Sample;
import dev.penstock.replay.connects.Samples;
import dev.penstock.replay.connects.Step;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Table;
import dev.penstock.replay.report.Texts;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A name with twelve addresses, of which only the last one answers. pgjdbc tries the first and gives up; that takes
 * ten seconds each time, so the next act begins before it is over.
 */
public final class TwelveAddresses implements Act {
    private static final String HOST = "db.replay.test";
    private static final Duration FIRST_LIMIT = Duration.ofMillis(1500);
    private static final double AGAIN_LIMIT = 1.3;
    private static final int ROUNDS = 5;
    private static final Duration PENSTOCK_PATIENCE = Duration.ofSeconds(40);
    private static final Duration PLAIN_PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer server;
    private @Nullable BlackHoles holes;
    private @Nullable HostsFile hosts;
    private @Nullable ConnectJvm jvm;

    public TwelveAddresses(PostgresServer server) {
        this.server = server;
    }

    @Override
    public String title() {
        return "One name, twelve addresses, eleven black holes";
    }

    @Override
    public void play(Progress progress) throws IOException {
        List<InetAddress> dead = Loopback.addresses(2, 12);
        holes = BlackHoles.dig(dead, server.port());
        List<InetAddress> all = new ArrayList<>(dead);
        all.add(server.address().getAddress());
        hosts = HostsFile.of(HOST, all);
        jvm = ConnectJvm.start(
                hosts.path(),
                new ConnectPlan(server.jdbcUrl(HOST, server.port()), server.jdbcUrl(), server.user(), AGAIN_LIMIT),
                server.password());
        jvm.await(Step.PENSTOCK_DONE, PENSTOCK_PATIENCE, sample -> tell(progress, sample));
    }

    private static void tell(Progress progress, Sample sample) {
        switch (sample.step()) {
            case WARM -> progress.note("pgjdbc begins to connect to the name, in the background");
            case PENSTOCK_FIRST -> progress.note("Penstock, first connect by a new connector: " + sample.text());
            case PENSTOCK_DONE -> progress.note("Penstock, further connects: done");
            case PLAIN_FIRST -> progress.note("pgjdbc in the background, first connect: " + sample.text());
            case PLAIN_SECOND -> progress.note("pgjdbc in the background, second connect: " + sample.text());
            case DIRECT, PENSTOCK_AGAIN, PAIRS_DONE -> {}
        }
    }

    @Override
    public ActReport report(Progress progress) {
        if (jvm == null) {
            throw new IllegalStateException("This act was not played");
        }
        progress.tick("waiting for pgjdbc in the background");
        jvm.await(Step.PLAIN_SECOND, PLAIN_PATIENCE, sample -> tell(progress, sample));
        return describe(jvm.samples());
    }

    static ActReport describe(Samples samples) {
        Duration direct = samples.median(Step.DIRECT)
                .orElseThrow(() -> new IllegalStateException("No direct connect succeeded: "
                        + samples.firstFailure(Step.DIRECT).orElse("none was made")));
        List<String> lines = new ArrayList<>();
        lines.add(HOST + " has twelve addresses. The first eleven swallow every packet, as behind a dead route or a"
                + " firewall that drops; the twelfth is a healthy PostgreSQL. Time until a connection is usable:");
        lines.add("");
        lines.addAll(new Table("", "plain pgjdbc", "Penstock")
                .row("first connect", samples.text(Step.PLAIN_FIRST), samples.typical(Step.PENSTOCK_FIRST))
                .row("second connect", samples.text(Step.PLAIN_SECOND), samples.typical(Step.PENSTOCK_AGAIN))
                .row("(straight to the healthy address)", Texts.of(direct), "")
                .lines());
        lines.add("");
        samples.firstFailure(Step.PLAIN_FIRST)
                .ifPresent(told -> lines.add("pgjdbc tries the first address only: " + told));
        lines.add(penstock(samples));
        lines.add("");
        lines.add("How it was measured: in a JVM of its own, through the JDK's resolver with -Djdk.net.hosts.file; the"
                + " same URL and credentials, sslmode at its default. Penstock's first connect is the median of "
                + samples.count(Step.PENSTOCK_FIRST) + " new connectors, its second the median of "
                + samples.count(Step.PENSTOCK_AGAIN) + " further connects, each paired with a direct one. "
                + spread(samples) + "Plain pgjdbc's slow connects ran in the background, during the next act too.");
        return new ActReport(lines, promises(samples));
    }

    private static String penstock(Samples samples) {
        return samples.firstFailure(Step.PENSTOCK_FIRST)
                .or(() -> samples.firstFailure(Step.PENSTOCK_AGAIN))
                .map(told -> "Penstock failed: " + told)
                .orElse("Penstock races the addresses: one more after 250 ms, then one every 100 ms until a server"
                        + " answers. It remembers which one did.");
    }

    /** How steady the factor is: a median alone would hide a busy machine. */
    private static String spread(Samples samples) {
        List<Double> rounds = calmest(samples)
                .map(set -> set.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, ROUNDS))
                .orElse(List.of());
        return rounds.isEmpty()
                ? ""
                : "The factor below is the median over " + pairs(samples)
                        + "; over a fifth of them at a time it went from " + Texts.ofFactor(Collections.min(rounds))
                        + " to " + Texts.ofFactor(Collections.max(rounds)) + ". ";
    }

    private static Optional<Samples> calmest(Samples samples) {
        return samples.calmest(Step.PENSTOCK_AGAIN, Step.DIRECT);
    }

    /** A factor beyond its limit is measured again: the best set counts, and what the others came to is said. */
    private static String pairs(Samples samples) {
        List<String> factors = samples.sets().stream()
                .flatMap(set -> set.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1).stream())
                .map(Texts::ofFactor)
                .toList();
        return factors.size() == 1
                ? "all pairs"
                : "the best of " + factors.size() + " sets of pairs (" + String.join(", ", factors) + ")";
    }

    private static List<Promise> promises(Samples samples) {
        String first = "12 addresses, 11 dead: first connect";
        String again = "12 addresses, 11 dead: second connect, against direct";
        return List.of(
                complete(samples, Step.PENSTOCK_FIRST)
                        .map(time -> Promise.atMost(first, time, FIRST_LIMIT))
                        .orElseGet(() ->
                                Promise.broken(first, samples.typical(Step.PENSTOCK_FIRST), Texts.of(FIRST_LIMIT))),
                calmest(samples)
                        .map(set ->
                                set.factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1).get(0))
                        .map(factor -> Promise.atMost(again, factor, AGAIN_LIMIT))
                        .orElseGet(() -> Promise.broken(
                                again, samples.typical(Step.PENSTOCK_AGAIN), Texts.ofFactor(AGAIN_LIMIT))));
    }

    /** The median, unless one of the connects failed: then a promise is broken, however quick the others were. */
    private static Optional<Duration> complete(Samples samples, Step step) {
        return samples.firstFailure(step).isPresent() ? Optional.empty() : samples.median(step);
    }

    @Override
    public void close() {
        if (jvm != null) {
            jvm.close();
        }
        if (hosts != null) {
            hosts.close();
        }
        if (holes != null) {
            holes.close();
        }
    }
}
