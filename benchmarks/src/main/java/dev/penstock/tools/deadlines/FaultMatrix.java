package dev.penstock.tools.deadlines;

import static dev.penstock.ConnectOutcome.BROKEN;
import static dev.penstock.ConnectOutcome.NO_CREDENTIALS;
import static dev.penstock.ConnectOutcome.REJECTED;
import static dev.penstock.ConnectOutcome.SERVER_FULL;
import static dev.penstock.ConnectOutcome.STARTING_UP;
import static dev.penstock.ConnectOutcome.TIMED_OUT;
import static dev.penstock.ConnectOutcome.UNREACHABLE;
import static dev.penstock.ConnectPhase.AUTH;
import static dev.penstock.ConnectPhase.CREDENTIALS;
import static dev.penstock.ConnectPhase.DNS;
import static dev.penstock.ConnectPhase.STARTUP;
import static dev.penstock.ConnectPhase.TCP;
import static dev.penstock.ConnectPhase.TLS;
import static dev.penstock.tools.deadlines.Expectation.connects;
import static dev.penstock.tools.deadlines.Expectation.expires;
import static dev.penstock.tools.deadlines.Expectation.fails;

import dev.penstock.Credentials;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The list of cases. */
final class FaultMatrix {
    /** Every 50th byte of the handshake. */
    static final int STALL_STEP = 50;

    private static final int MANY = 12;
    private static final int CROWD = 200;
    private static final Duration DRIBBLE = Duration.ofMillis(60);

    private final List<FaultCase> cases = new ArrayList<>();

    private FaultMatrix() {}

    /** All cases that this machine has the addresses for. */
    static List<FaultCase> cases(Handshake handshake) {
        FaultMatrix matrix = new FaultMatrix();
        matrix.controls();
        matrix.unreachable();
        if (hasManyAddresses()) {
            matrix.manyAddresses();
        }
        matrix.speechless();
        matrix.brokenOff();
        matrix.refusing();
        matrix.usersOwnCode();
        matrix.stalls(handshake);
        matrix.crowds();
        return List.copyOf(matrix.cases);
    }

    /** macOS has 127.0.0.1 only, unless somebody adds aliases. */
    static boolean hasManyAddresses() {
        return Loopback.missing(Loopback.addresses(2, MANY + 1)).isEmpty();
    }

    private void add(String name, Expectation expected, FaultCase.Staging staging) {
        cases.add(FaultCase.of(name, expected, staging));
    }

    /** Without a case that must connect, a matrix that never reaches its server would look fine. */
    private void controls() {
        add("healthy", connects(), s -> s.proxy(Behaviour.pass()));
        add("healthy, TLS", connects(), s -> s.proxy(Behaviour.pass()).verifyFull());
    }

    private void unreachable() {
        add("mute DNS", expires(TIMED_OUT, DNS), FaultMatrix::muteDns);
        add("unknown name", fails(UNREACHABLE, DNS), s -> {
            s.proxy(Behaviour.pass());
            s.dns().fail(Stage.HOST);
        });
        add("black hole", expires(TIMED_OUT, TCP), s -> s.blackHoles(1));
        add("refuse", fails(UNREACHABLE, TCP), s -> s.proxy(Behaviour.refuse()));
    }

    private static void muteDns(Stage stage) {
        stage.proxy(Behaviour.pass());
        stage.dns().hang(Stage.HOST);
        stage.keep(() -> stage.dns().release(Stage.HOST));
    }

    private void manyAddresses() {
        add("12 black holes", expires(TIMED_OUT, TCP), s -> s.blackHoles(MANY));
        add(
                "12 black holes, no racing",
                expires(TIMED_OUT, TCP),
                s -> s.blackHoles(MANY).settings(c -> c.racing(false)));
        add("12 refuse", fails(UNREACHABLE, TCP), s -> s.proxies(MANY, Behaviour.refuse()));
        add("12 silent", expires(TIMED_OUT, STARTUP), s -> s.proxies(MANY, Behaviour.silent()));
    }

    private void speechless() {
        add("silent", expires(TIMED_OUT, STARTUP), s -> s.proxy(Behaviour.silent()));
        add(
                "silent, TLS",
                expires(TIMED_OUT, TLS),
                s -> s.proxy(Behaviour.silent()).verifyFull());
        add(
                "two hosts, both silent",
                expires(TIMED_OUT, STARTUP),
                s -> s.proxy(Behaviour.silent())
                        .andTo(
                                "standby.penstock.test",
                                s.keep(FakePostgres.start(Behaviour.silent())).socketAddress()));
        add("swallow", expires(TIMED_OUT, STARTUP), s -> s.proxy(Behaviour.swallow()));
        add(
                "swallow, TLS",
                expires(TIMED_OUT, TLS),
                s -> s.proxy(Behaviour.swallow()).verifyFull());
        add("dribble", expires(TIMED_OUT, STARTUP, AUTH), s -> s.proxy(Behaviour.dribble(DRIBBLE)));
        add(
                "dribble, TLS",
                expires(TIMED_OUT, TLS),
                s -> s.proxy(Behaviour.dribble(DRIBBLE)).verifyFull());
        add(
                "S, then silence",
                expires(TIMED_OUT, TLS),
                s -> s.proxy(PgScript.muteTls()).verifyFull());
        add(
                "S, hello cut short",
                expires(TIMED_OUT, TLS),
                s -> s.proxy(Behaviour.stallAfter(20)).verifyFull());
        add("let in, then silence", expires(TIMED_OUT, AUTH), s -> s.fake(PgScript.authenticationOkThenSilence()));
        add(
                "let in, then notices",
                expires(TIMED_OUT, AUTH),
                s -> s.fake(PgScript.authenticationOkThenNotices(Duration.ofMillis(100))));
        add("ready, then silence", expires(TIMED_OUT, AUTH), s -> s.fake(PgScript.readyThenSilence()));
    }

    private void brokenOff() {
        add("RST at accept", fails(BROKEN, TCP, STARTUP), s -> s.proxy(Behaviour.rst()));
        add(
                "RST at accept, TLS",
                fails(BROKEN, TCP, STARTUP, TLS),
                s -> s.proxy(Behaviour.rst()).verifyFull());
        add("FIN at accept", fails(BROKEN, STARTUP), s -> s.proxy(Behaviour.fin()));
        add("RST in the middle", fails(BROKEN, STARTUP, AUTH), s -> s.proxy(Behaviour.rstAfter(200)));
        add(
                "RST in the middle, TLS",
                fails(BROKEN, TLS, STARTUP),
                s -> s.proxy(Behaviour.rstAfter(700)).verifyFull());
        add("FIN in the middle", fails(BROKEN, STARTUP, AUTH), s -> s.proxy(Behaviour.cutAfter(200)));
        add("half-closed", fails(BROKEN, STARTUP), s -> s.proxy(Behaviour.halfClose()));
    }

    private void refusing() {
        add("server full", fails(SERVER_FULL, STARTUP, AUTH), FaultMatrix::fullServer);
        add("starting up for ever", expires(STARTING_UP, STARTUP, AUTH), s -> s.fake(PgScript.startingUp()));
        add(
                "wrong password",
                fails(REJECTED, AUTH),
                s -> s.proxy(Behaviour.pass()).property("password", "wrong"));
    }

    /** A role without a single slot: what the real server says is 53300 as well. */
    private static void fullServer(Stage stage) throws Exception {
        String role = "full_" + System.nanoTime();
        stage.server().execute("CREATE ROLE " + role + " LOGIN PASSWORD 'full' CONNECTION LIMIT 0");
        stage.proxy(Behaviour.pass()).property("user", role).property("password", "full");
    }

    private void usersOwnCode() {
        add("hanging credentials", expires(NO_CREDENTIALS, CREDENTIALS), s -> {
            CompletableFuture<Credentials> never = new CompletableFuture<>();
            s.keep(() -> never.completeExceptionally(new IllegalStateException("released after hanging")));
            s.proxy(Behaviour.pass()).settings(c -> c.credentials(never::join));
        });
        add(
                "hanging socketFactory",
                expires(TIMED_OUT, TCP, STARTUP),
                s -> s.proxy(Behaviour.pass())
                        .property("socketFactory", HangingSocketFactory.class.getName())
                        .property(
                                "socketFactoryArg",
                                s.keep(HangingSocketFactory.hold()).key()));
    }

    private void stalls(Handshake handshake) {
        Handshake.offsets(handshake.plain(), STALL_STEP)
                .forEach(offset -> add(
                        "stall at byte " + offset,
                        offset == 0 ? expires(TIMED_OUT, STARTUP) : expires(TIMED_OUT, STARTUP, AUTH),
                        s -> s.proxy(Behaviour.stallAfter(offset))));
        Handshake.offsets(handshake.tls(), STALL_STEP)
                .forEach(offset -> add(
                        "stall at byte " + offset + ", TLS",
                        offset == 0 ? expires(TIMED_OUT, TLS) : expires(TIMED_OUT, TLS, STARTUP, AUTH),
                        s -> s.proxy(Behaviour.stallAfter(offset)).verifyFull()));
    }

    private void crowds() {
        cases.add(new FaultCase(
                CROWD + " at once: silent", CROWD, expires(TIMED_OUT, STARTUP), s -> s.proxy(Behaviour.silent())));
        cases.add(new FaultCase(CROWD + " at once: black hole", CROWD, expires(TIMED_OUT, TCP), s -> s.blackHoles(1)));
        cases.add(new FaultCase(CROWD + " at once: mute DNS", CROWD, expires(TIMED_OUT, DNS), FaultMatrix::muteDns));
    }
}
