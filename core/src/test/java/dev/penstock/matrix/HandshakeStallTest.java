package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fault matrix's long row: a stall at every 50th byte of what the server says during the handshake. */
@WithPostgres(tls = true)
@NoLeftovers
class HandshakeStallTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final int STEP = 50;
    private static final int TRIES = 3;

    @ParameterizedTest
    @EnumSource
    void endsByTheDeadlineWhereverItStalls(Mode mode, PostgresServer server) throws Exception {
        int length = Handshake.length(server, mode);
        NavigableMap<Integer, ConnectPhase> phases = new ConcurrentSkipListMap<>();
        Cells cells = new Cells();
        for (int offset : Handshake.offsets(length - STEP / 5, STEP)) {
            cells.add(mode + " stall at " + offset + " of " + length, () -> {
                Failure failure = stalledAt(offset, mode, server);
                failure.is(ConnectOutcome.TIMED_OUT, failure.details().phase())
                        .hasStateOfPhase()
                        .atTheDeadline(DEADLINE);
                phases.put(offset, failure.details().phase());
            });
        }
        cells.run();

        assertThat(phases.firstEntry().getValue()).isEqualTo(mode.firstPhase());
        assertThat(phases.lastEntry().getValue()).isEqualTo(ConnectPhase.AUTH);
        assertThat(List.copyOf(phases.values()))
                .as("later bytes, later phases: %s", phases)
                .isSorted();
    }

    /** On a busy machine the deadline may pass before the stall is reached: that is another cell, so once more. */
    private static Failure stalledAt(int offset, Mode mode, PostgresServer server) {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.stallAfter(offset));
                PenstockConnector connector = Connectors.through(proxy, server, mode, DEADLINE)) {
            Failure failure = Failure.of(connector).names("127.0.0.1:" + proxy.port());
            for (int tries = 1; proxy.bytesFromServer() < offset && tries < TRIES; tries++) {
                failure = Failure.of(connector).names("127.0.0.1:" + proxy.port());
            }
            assertThat(proxy.bytesFromServer()).as("bytes before the stall").isEqualTo(offset);
            return failure;
        }
    }
}
