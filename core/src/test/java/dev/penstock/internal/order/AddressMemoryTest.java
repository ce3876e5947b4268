package dev.penstock.internal.order;

import static dev.penstock.internal.order.Addresses.HOST;
import static dev.penstock.internal.order.Addresses.address;
import static dev.penstock.internal.order.Addresses.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressMemoryTest {
    private static final Duration HALF_LIFE = Duration.ofSeconds(30);

    /** Starts shortly before the ticker overflows. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final AddressMemory memory = new AddressMemory(now::get);

    @Test
    void familiesAlternateBeginningWithTheFirstOne() {
        assertOrder(addresses("6.1", "6.2", "6.3", "4.1", "4.2"), "6.1", "4.1", "6.2", "4.2", "6.3");
        assertOrder(addresses("4.1", "4.2", "4.3", "6.1"), "4.1", "6.1", "4.2", "4.3");
        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
    }

    @Test
    void anEmptyAnswerStaysEmpty() {
        assertOrder(List.of());
    }

    @Test
    void anAddressGivenTwiceIsTriedOnce() {
        assertOrder(addresses("4.1", "4.2", "4.1", "6.1", "6.1"), "4.1", "6.1", "4.2");
    }

    @Test
    void scopesTellLinkLocalAddressesApart() {
        List<InetAddress> answer = List.of(Addresses.literal("fe80::1%1"), Addresses.literal("fe80::1%2"));
        memory.failed(HOST, answer.get(0));

        assertThat(memory.order(HOST, answer))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("fe80:0:0:0:0:0:0:1%2", "fe80:0:0:0:0:0:0:1%1");
    }

    @Test
    void theLastGoodAddressComesFirstAndTheFamiliesAlternateAfterIt() {
        memory.good(HOST, address("4.2"));

        assertOrder(addresses("6.1", "6.2", "4.1", "4.2"), "4.2", "6.1", "4.1", "6.2");
    }

    @Test
    void onlyTheLatestSuccessCounts() {
        memory.good(HOST, address("4.2"));
        memory.good(HOST, address("4.3"));

        assertOrder(addresses("4.1", "4.2", "4.3"), "4.3", "4.1", "4.2");
    }

    @Test
    void aLastGoodAddressThatIsNoLongerInTheAnswerIsNotTried() {
        memory.good(HOST, address("4.9"));

        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
    }

    @Test
    void failingAddressesComeLastTheLeastPenalisedFirst() {
        fail("4.1", 3);
        fail("4.2", 1);
        fail("4.3", 2);

        assertOrder(addresses("4.1", "4.2", "4.3", "4.4"), "4.4", "4.2", "4.3", "4.1");
    }

    @Test
    void equallyFailingAddressesKeepTheAnswersOrderAndAlternate() {
        for (String failing : List.of("4.2", "4.1", "6.2", "6.1")) {
            fail(failing, 1);
            advance(Duration.ofMillis(3));
        }

        assertOrder(addresses("6.1", "6.2", "4.1", "4.2"), "6.1", "4.1", "6.2", "4.2");
    }

    @Test
    void failingAddressesDoNotDisturbTheAlternationOfTheOthers() {
        fail("4.1", 1);

        assertOrder(addresses("4.1", "6.1", "4.2", "6.2"), "4.2", "6.1", "6.2", "4.1");
    }

    @Test
    void aFailureTakesTheTitleOfTheLastGoodAddress() {
        memory.good(HOST, address("4.2"));
        memory.failed(HOST, address("4.2"));

        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
        assertThat(memory.snapshot()).extracting(AddressState::lastGood).containsExactly(false);
    }

    @Test
    void aFailureOfAnotherAddressDoesNot() {
        memory.good(HOST, address("4.2"));
        memory.failed(HOST, address("4.1"));

        assertOrder(addresses("4.1", "4.2", "4.3"), "4.2", "4.3", "4.1");
    }

    @Test
    void aSuccessClearsThePenalty() {
        fail("4.1", 6);
        memory.good(HOST, address("4.1"));
        memory.good(HOST, address("4.2"));

        assertOrder(addresses("4.1", "4.2"), "4.2", "4.1");
        assertThat(memory.snapshot()).hasSize(1);
    }

    @Test
    void hostsAreToldApartByNameAndPort() {
        memory.failed(new HostPort("db.example.com", 5433), address("4.1"));
        memory.failed(new HostPort("other.example.com", 5432), address("4.1"));

        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
    }

    @Test
    void aPenaltyHalvesUntilItIsForgotten() {
        fail("4.1", 3);
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seen.addAll(penalties());
            advance(HALF_LIFE);
        }

        assertThat(seen).containsExactly(3.0, 1.5, 0.75);
    }

    @Test
    void aPenaltyIsCappedSoThatItIsForgottenInTwoMinutes() {
        fail("4.1", 10_000);
        assertThat(penalties()).containsExactly(6.0);

        advance(HALF_LIFE.multipliedBy(4).minusNanos(1));
        assertOrder(addresses("4.1", "4.2"), "4.2", "4.1");
        advance(Duration.ofNanos(1));
        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
    }

    @Test
    void aLaterFailureAddsToWhatRemains() {
        fail("4.1", 3);
        advance(HALF_LIFE);
        fail("4.1", 1);

        assertThat(penalties()).containsExactly(2.5);
    }

    @Test
    void halfAFailureStillCountsAndLessDoesNot() {
        fail("4.1", 1);
        advance(HALF_LIFE);
        assertThat(penalties()).containsExactly(0.5);

        fail("4.1", 1);
        advance(HALF_LIFE);
        fail("4.1", 1);
        assertThat(penalties()).containsExactly(1.75);
        advance(HALF_LIFE.multipliedBy(2));
        assertThat(penalties()).isEmpty();
    }

    @Test
    void anOldSuccessNoLongerCounts() {
        memory.good(HOST, address("4.2"));
        advance(AddressMemory.GOOD_FOR);
        assertOrder(addresses("4.1", "4.2"), "4.2", "4.1");

        advance(Duration.ofNanos(1));
        assertOrder(addresses("4.1", "4.2"), "4.1", "4.2");
        assertThat(memory.snapshot()).isEmpty();
    }

    @Test
    void theSnapshotSaysWhatIsRemembered() {
        memory.failed(HOST, address("4.1"));
        advance(Duration.ofSeconds(2));
        memory.good(HOST, address("6.1"));
        advance(Duration.ofSeconds(1));

        assertThat(memory.snapshot())
                .containsExactly(
                        new AddressState(HOST, address("6.1"), true, 0, Duration.ofSeconds(1)),
                        new AddressState(HOST, address("4.1"), false, 1, Duration.ofSeconds(3)));
    }

    @Test
    void theMemoryIsBounded() {
        for (int i = 0; i < 2 * AddressMemory.MAX_ENTRIES; i++) {
            memory.failed(new HostPort("db" + i, 5432), address("4.1"));
            memory.good(new HostPort("db" + i, 5432), address("4.2"));
        }
        assertThat(memory.snapshot()).hasSize(2 * AddressMemory.MAX_ENTRIES);
    }

    @Test
    void manyThreadsMayReportAndAskAtOnce() throws Exception {
        List<InetAddress> answer = addresses("6.1", "6.2", "4.1", "4.2", "4.3");
        var start = new CountDownLatch(1);
        var runs = new ArrayList<CompletableFuture<Void>>();
        for (InetAddress mine : answer) {
            runs.add(CompletableFuture.runAsync(
                    () -> reportAndAsk(start, mine, answer), run -> new Thread(run).start()));
        }
        start.countDown();

        for (CompletableFuture<Void> run : runs) {
            run.get(20, TimeUnit.SECONDS);
        }
    }

    private void reportAndAsk(CountDownLatch start, InetAddress mine, List<InetAddress> answer) {
        await(start);
        for (int i = 0; i < 2_000; i++) {
            memory.good(HOST, mine);
            memory.failed(HOST, mine);
            now.addAndGet(10_000_000);
            assertThat(memory.order(HOST, answer)).containsExactlyInAnyOrderElementsOf(answer);
            assertThat(memory.snapshot()).hasSizeLessThanOrEqualTo(answer.size());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertOrder(List<InetAddress> answer, String... expected) {
        assertThat(memory.order(HOST, answer)).containsExactlyElementsOf(addresses(expected));
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            memory.failed(HOST, address(address));
        }
    }

    private List<Double> penalties() {
        return memory.snapshot().stream().map(AddressState::penalty).toList();
    }

    private void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
