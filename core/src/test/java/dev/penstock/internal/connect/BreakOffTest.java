package dev.penstock.internal.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockConfig;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A fault of our own, or memory that runs out in the middle of the rules: nothing stays open. */
@NoLeftovers
class BreakOffTest {
    @Test
    void whatIsOpenIsClosedThoughTheRulesFail() {
        try (SilentServer silent = SilentServer.start()) {
            Thread caller = Thread.currentThread();
            ConnectRoute route = route(silent, Duration.ofMillis(700), () -> {
                if (Thread.currentThread() == caller && silent.accepted() > 0) {
                    throw new IllegalStateException("no clock");
                }
                return System.nanoTime();
            });

            assertThatThrownBy(() -> route.connect(null, false)).hasMessage("no clock");

            silent.awaitOpenConnections(0);
        }
    }

    /** While the caller opens the session, a worker keeps its time. */
    @Test
    void aFaultInTheCallersSteadFreesTheCallerAndIsThrownToIt() {
        try (SilentServer silent = SilentServer.start()) {
            Thread caller = Thread.currentThread();
            ConnectRoute route = route(silent, Duration.ofSeconds(60), () -> {
                if (Thread.currentThread() != caller && silent.accepted() > 0) {
                    throw new IllegalStateException("no clock");
                }
                return System.nanoTime();
            });

            assertThatThrownBy(() -> route.connect(null, false)).hasMessage("no clock");

            silent.awaitOpenConnections(0);
        }
    }

    private static ConnectRoute route(SilentServer silent, Duration deadline, Ticker ticker) {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(deadline))
                .build();
        ConnectTarget target = ConnectTarget.of(
                "jdbc:postgresql://127.0.0.1:" + silent.port() + "/app?sslmode=disable", new Properties());
        return new ConnectRoute("broken", target, config.connect(), new Listeners(List.of()), ticker);
    }
}
