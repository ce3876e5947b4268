package dev.penstock.matrix;

import static dev.penstock.ConnectOutcome.BROKEN;
import static dev.penstock.ConnectOutcome.NO_CREDENTIALS;
import static dev.penstock.ConnectOutcome.TIMED_OUT;
import static dev.penstock.ConnectOutcome.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectPhase;
import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault, in plain text and in TLS: what the caller gets, in which phase, and by when. */
@WithPostgres(tls = true)
@NoLeftovers
class FaultMatrixTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);

    /** For faults that end a connect by themselves: far off, so that a slow machine does not blur which it was. */
    private static final Duration FAR = Duration.ofSeconds(20);

    private PostgresServer server;

    @BeforeEach
    void use(PostgresServer shared) {
        server = shared;
    }

    // ---- the server accepts and says too little ------------------------------------------------

    @Test
    void aServerThatSaysNothing() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            hangs(cells, mode, mode.firstPhase(), Behaviour::silent);
            hangs(cells, mode, mode.firstPhase(), Behaviour::swallow);
        }
        cells.run();
    }

    @Test
    void aServerThatDribbles() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            ConnectPhase phase = mode == Mode.PLAIN ? ConnectPhase.AUTH : ConnectPhase.TLS;
            hangs(cells, mode, phase, () -> Behaviour.dribble(Duration.ofMillis(20)));
        }
        cells.run();
    }

    @Test
    void aServerThatFallsSilentDuringTls() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.ENCRYPTED) {
            hangs(cells, mode, ConnectPhase.TLS, PgScript::muteTls);
            hangs(cells, mode, ConnectPhase.TLS, () -> Behaviour.stallAfter(1));
            hangs(cells, mode, ConnectPhase.TLS, () -> Behaviour.stallAfter(700));
        }
        cells.run();
    }

    @Test
    void aServerThatFallsSilentAfterAuthentication() throws Exception {
        Cells cells = new Cells();
        hangs(cells, Mode.PLAIN, ConnectPhase.AUTH, PgScript::authenticationOkThenSilence);
        hangs(cells, Mode.PLAIN, ConnectPhase.AUTH, PgScript::readyThenSilence);
        hangs(cells, Mode.PLAIN, ConnectPhase.AUTH, () -> PgScript.authenticationOkThenNotices(Duration.ofMillis(20)));
        cells.run();
    }

    private void hangs(Cells cells, Mode mode, ConnectPhase phase, Supplier<Behaviour> fault) {
        cells.add(mode + " " + fault.get(), () -> {
            try (FaultProxy proxy = FaultProxy.to(server.address()).behave(fault.get());
                    PenstockConnector connector = Connectors.through(proxy, server, mode, DEADLINE)) {
                Failure.of(connector)
                        .is(TIMED_OUT, phase)
                        .hasStateOfPhase()
                        .names("127.0.0.1:" + proxy.port())
                        .atTheDeadline(DEADLINE);
            }
        });
    }

    // ---- the server hangs up -------------------------------------------------------------------

    @Test
    void aServerThatHangsUpAtAccept() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            cells.add(mode + " rst", () -> resetAtAccept(mode));
            breaksOff(cells, mode, mode.firstPhase(), Behaviour::fin);
            breaksOff(cells, mode, mode.firstPhase(), Behaviour::halfClose);
        }
        cells.run();
    }

    /** A reset that comes quickly is seen by the TCP connect itself. */
    private void resetAtAccept(Mode mode) {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.rst());
                PenstockConnector connector = Connectors.through(proxy, server, mode, FAR)) {
            Failure failure = Failure.of(connector);
            boolean early = failure.details().phase() == ConnectPhase.TCP;
            failure.is(BROKEN, early ? ConnectPhase.TCP : mode.firstPhase())
                    .hasStateOfPhase()
                    .names("127.0.0.1:" + proxy.port())
                    .before(FAR);
        }
    }

    @Test
    void aServerThatHangsUpInTheMiddle() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            ConnectPhase early = mode == Mode.PLAIN ? ConnectPhase.AUTH : ConnectPhase.TLS;
            int late = Handshake.length(server, mode) - 10;
            breaksOff(cells, mode, early, () -> Behaviour.rstAfter(1));
            breaksOff(cells, mode, early, () -> Behaviour.cutAfter(1));
            breaksOff(cells, mode, early, () -> Behaviour.rstAfter(100));
            breaksOff(cells, mode, early, () -> Behaviour.cutAfter(100));
            breaksOff(cells, mode, ConnectPhase.AUTH, () -> Behaviour.rstAfter(late));
            breaksOff(cells, mode, ConnectPhase.AUTH, () -> Behaviour.cutAfter(late));
        }
        cells.run();
    }

    @Test
    void aServerThatDeclinesTls() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.ENCRYPTED) {
            breaksOff(cells, mode, ConnectPhase.TLS, PgScript::declinesTlsThenSilence);
        }
        cells.run();
    }

    private void breaksOff(Cells cells, Mode mode, ConnectPhase phase, Supplier<Behaviour> fault) {
        cells.add(mode + " " + fault.get(), () -> {
            try (FaultProxy proxy = FaultProxy.to(server.address()).behave(fault.get());
                    PenstockConnector connector = Connectors.through(proxy, server, mode, FAR)) {
                Failure.of(connector)
                        .is(BROKEN, phase)
                        .hasStateOfPhase()
                        .names("127.0.0.1:" + proxy.port())
                        .before(FAR);
            }
        });
    }

    // ---- nobody there --------------------------------------------------------------------------

    @Test
    void aServerThatRefuses() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            cells.add(mode + " refuse", () -> {
                try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.refuse());
                        PenstockConnector connector = Connectors.through(proxy, server, mode, FAR)) {
                    Failure.of(connector)
                            .is(UNREACHABLE, ConnectPhase.TCP)
                            .hasStateOfPhase()
                            .names("127.0.0.1:" + proxy.port())
                            .before(FAR);
                }
            });
        }
        cells.run();
    }

    @Test
    void aBlackHole() throws Exception {
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            hangs(cells, mode, ConnectPhase.TCP, Behaviour::blackHole);
        }
        cells.run();
    }

    @Test
    void severalBlackHoles() throws Exception {
        List<InetAddress> addresses = Loopback.addresses(2, 5);
        int port = Loopback.freePort();
        List<BlackHole> holes = new ArrayList<>();
        try {
            addresses.forEach(address -> holes.add(BlackHole.at(address, port)));
            Cells cells = new Cells();
            for (Mode mode : Mode.values()) {
                cells.add(mode + " black holes", () -> allHang(mode, addresses, port));
            }
            cells.run();
        } finally {
            holes.forEach(BlackHole::close);
        }
    }

    private void allHang(Mode mode, List<InetAddress> addresses, int port) {
        DnsScript names = new DnsScript().answer(Connectors.NAME, addresses);
        String[] each = addresses.stream()
                .map(address -> address.getHostAddress() + ":" + port)
                .toArray(String[]::new);
        try (PenstockConnector connector = Connectors.to(server, Connectors.NAME, port)
                .properties(mode.properties(server))
                .config(Connectors.with(names, DEADLINE, new Recorder()))
                .build()) {
            Failure failure = Failure.of(connector)
                    .is(TIMED_OUT, ConnectPhase.TCP)
                    .hasStateOfPhase()
                    .names(Connectors.NAME)
                    .names(each)
                    .atTheDeadline(DEADLINE);
            assertThat(failure.details().attempts())
                    .extracting(ConnectAttempt::address)
                    .containsExactly(each);
        }
    }

    // ---- before any server ---------------------------------------------------------------------

    /** One after the other: a deaf look-up holds one of the few resolver threads. */
    @Test
    void aDeafNameService() {
        for (Mode mode : Mode.values()) {
            DnsScript names = new DnsScript().hang(Connectors.NAME);
            try (PenstockConnector connector = Connectors.to(server, Connectors.NAME, server.port())
                    .properties(mode.properties(server))
                    .config(Connectors.with(names, DEADLINE, new Recorder()))
                    .build()) {
                Failure.of(connector)
                        .is(TIMED_OUT, ConnectPhase.DNS)
                        .hasStateOfPhase()
                        .names(Connectors.NAME + ":" + server.port())
                        .atTheDeadline(DEADLINE);
            } finally {
                names.fail(Connectors.NAME);
            }
        }
    }

    @Test
    void anUnknownName() {
        try (PenstockConnector connector = Connectors.to(server, Connectors.NAME, server.port())
                .config(Connectors.with(new DnsScript(), FAR, new Recorder()))
                .build()) {
            Failure.of(connector)
                    .is(UNREACHABLE, ConnectPhase.DNS)
                    .hasStateOfPhase()
                    .names(Connectors.NAME + ":" + server.port())
                    .before(FAR);
        }
    }

    @Test
    void aCredentialsSupplierThatHangs() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Cells cells = new Cells();
        for (Mode mode : Mode.values()) {
            cells.add(mode + " hanging supplier", () -> {
                try (PenstockConnector connector = Connectors.to(server, "127.0.0.1", server.port())
                        .properties(mode.properties(server))
                        .config(Connectors.with(c -> c.deadline(DEADLINE).credentials(() -> hang(released))))
                        .build()) {
                    Failure.of(connector)
                            .is(NO_CREDENTIALS, ConnectPhase.CREDENTIALS)
                            .hasStateOfPhase()
                            .names("127.0.0.1:" + server.port())
                            .atTheDeadline(DEADLINE);
                }
            });
        }
        try {
            cells.run();
        } finally {
            released.countDown();
        }
    }

    private static Credentials hang(CountDownLatch released) {
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Credentials("nobody", null);
    }
}
