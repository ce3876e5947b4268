package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class DnsScriptTest {
    private static final String HOST = "db.penstock.test";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final DnsScript dns = new DnsScript();

    @Test
    void answersInTheOrderGiven() throws UnknownHostException {
        List<InetAddress> addresses = Loopback.addresses(HOST, 2, 13);
        dns.answer(HOST, addresses);

        assertThat(dns.resolve(HOST)).containsExactlyElementsOf(addresses);
        assertThat(addresses)
                .hasSize(12)
                .allSatisfy(address -> assertThat(address.getHostName()).isEqualTo(HOST));
        assertThat(addresses.get(11).getHostAddress()).isEqualTo("127.0.0.13");
        assertThat(dns.calls(HOST)).isEqualTo(1);
    }

    @Test
    void failsForNamesThatItWasToldToFailOrNeverTold() {
        dns.answer(HOST, Loopback.address(2)).fail(HOST);

        assertThatThrownBy(() -> dns.resolve(HOST))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(HOST);
        assertThatThrownBy(() -> dns.resolve("other")).isInstanceOf(UnknownHostException.class);
        assertThat(dns.calls()).isEqualTo(2);
    }

    @Test
    void isMuteUntilReleased() {
        dns.answer(HOST, Loopback.address(2)).mute(HOST);
        CompletableFuture<List<InetAddress>> first = CompletableFuture.supplyAsync(this::resolve);
        dns.awaitCalls(HOST, 1);
        assertThat(dns.waiting(HOST)).isEqualTo(1);
        assertThat(first).isNotDone();

        dns.release(HOST);

        Await.until("the answer", SOON, first::isDone);
        assertThat(first.join()).containsExactly(Loopback.address(2));
        assertThat(dns.waiting(HOST)).isZero();
    }

    @Test
    void mutenessEndsWithAnInterruptButHangingDoesNot() throws Exception {
        dns.mute(HOST);
        FutureTask<Boolean> mute = new FutureTask<>(this::failsInterrupted);
        Thread thread = new Thread(mute, "lab-test");
        thread.start();
        dns.awaitCalls(HOST, 1);
        thread.interrupt();
        assertThat(mute.get()).isTrue();

        dns.hang(HOST);
        FutureTask<List<InetAddress>> hanging = new FutureTask<>(() -> dns.resolve(HOST));
        Thread deaf = new Thread(hanging, "lab-test");
        deaf.start();
        dns.awaitCalls(HOST, 2);
        deaf.interrupt();
        assertThat(Await.holdsWithin(Duration.ofMillis(100), hanging::isDone)).isFalse();
        dns.answer(HOST, Loopback.v6(HOST));
        assertThat(hanging.get()).containsExactly(Loopback.v6(HOST));
    }

    private boolean failsInterrupted() {
        try {
            dns.resolve(HOST);
            return false;
        } catch (UnknownHostException e) {
            return Thread.currentThread().isInterrupted() && e.getMessage().endsWith("interrupted");
        }
    }

    private List<InetAddress> resolve() {
        try {
            return dns.resolve(HOST);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
