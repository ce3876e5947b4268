package dev.penstock.internal.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A fault of our own, or memory that runs out in the middle of the rules, on whatever thread: the caller is
 * freed and told, and nothing stays open.
 */
@NoLeftovers
class BreakOffTest {
    private static final Thread CALLER = Thread.currentThread();

    @Test
    void onTheCallersThread() {
        try (SilentServer silent = SilentServer.start()) {
            assertBreaksOff(
                    silent,
                    "127.0.0.1",
                    connect -> connect.deadline(Duration.ofMillis(700)), // it ticks next when that has freed it
                    () -> Thread.currentThread() == CALLER && silent.accepted() > 0);
        }
    }

    /** While the caller opens the session, the timer thread keeps its time. */
    @Test
    void inTheCallersStead() {
        try (SilentServer silent = SilentServer.start()) {
            assertBreaksOff(
                    silent,
                    "127.0.0.1",
                    connect -> {},
                    () -> Thread.currentThread() != CALLER && silent.accepted() > 0);
        }
    }

    @Test
    void whoeverBringsTheAddressesOfTheSecondHost() {
        try (SilentServer silent = SilentServer.start()) {
            assertBreaksOff(
                    silent,
                    "a,b",
                    connect -> connect.deadline(Duration.ofMillis(1500)).resolver(name -> List.of(silent.address())),
                    () -> silent.accepted() > 0 && onStack("dev.penstock.internal.connect.RunningRace", "answered"));
        }
    }

    /** The socket of the first address has been taken off the field when the second cannot be put on it. */
    @Test
    void afterADropThatWasBookedInTheSameStep() {
        List<InetAddress> two = Loopback.addresses(2, 3);
        try (SilentServer silent = SilentServer.anyPort(two.get(0))) {
            assertBreaksOff(
                    silent,
                    "db",
                    connect -> connect.deadline(Duration.ofMillis(1500))
                            .racing(false)
                            .resolver(name -> two),
                    () -> silent.accepted() > 0 && onStack("dev.penstock.internal.connect.Attempt", "<init>"));
        }
    }

    private static boolean onStack(String type, String method) {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .anyMatch(e ->
                        e.getClassName().startsWith(type) && e.getMethodName().equals(method));
    }

    private static void assertBreaksOff(
            SilentServer silent, String hosts, Consumer<ConnectSettings.Builder> change, BooleanSupplier fault) {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(Duration.ofSeconds(60)))
                .connect(change)
                .build();
        String authority = hosts.replace(",", ":" + silent.port() + ",") + ":" + silent.port();
        ConnectTarget target = ConnectTarget.of(
                "jdbc:postgresql://" + authority + "/app?user=app&password=x&sslmode=disable", new Properties());
        Ticker ticker = () -> {
            if (fault.getAsBoolean()) {
                throw new IllegalStateException("no clock");
            }
            return System.nanoTime();
        };
        ConnectRoute route =
                new ConnectRoute("broken", target, config, new Listeners(List.of()), ticker, FirstLine.OFF, null);

        assertThatThrownBy(
                        () -> route.connect(ConnectOrder.PLAIN, config.connect().deadline(), new Leash()))
                .hasMessage("no clock");

        silent.awaitOpenConnections(0);
    }
}
