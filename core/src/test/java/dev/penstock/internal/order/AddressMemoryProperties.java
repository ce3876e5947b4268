package dev.penstock.internal.order;

import static dev.penstock.internal.order.Addresses.HOST;
import static dev.penstock.internal.order.Addresses.isSix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.time.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any answer of the resolver and any history of successes and failures. */
class AddressMemoryProperties {
    private static final double BEST = -1;

    private final AtomicLong now = new AtomicLong();
    private final Ticker ticker = now::get;

    @Property
    void noAddressIsEverLostOrRepeated(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        assertThat(remembering(history).order(HOST, answer))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(new LinkedHashSet<>(answer));
    }

    @Property
    void theBetterAddressIsTriedFirst(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);

        assertThat(memory.order(HOST, answer))
                .extracting(address -> rank(memory, address))
                .isSorted();
    }

    @Property
    void amongEqualsTheFamiliesAlternateAsLongAsBothAreLeft(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);
        for (List<InetAddress> equals : byRank(memory, answer)) {
            for (int i = 1; i < equals.size(); i++) {
                InetAddress previous = equals.get(i - 1);
                if (isSix(previous) == isSix(equals.get(i))) {
                    assertThat(equals.subList(i, equals.size())).allMatch(left -> isSix(left) == isSix(previous));
                }
            }
        }
    }

    @Property
    void amongEqualsOfOneFamilyTheAnswersOrderHolds(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);
        List<InetAddress> distinct = new ArrayList<>(new LinkedHashSet<>(answer));
        for (List<InetAddress> equals : byRank(memory, answer)) {
            for (boolean six : new boolean[] {true, false}) {
                assertThat(equals)
                        .filteredOn(address -> isSix(address) == six)
                        .extracting(distinct::indexOf)
                        .isSorted();
            }
        }
    }

    @Property
    void nothingIsHeldAgainstAnAddressForLong(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(memory.snapshot()).allMatch(AddressState::lastGood);
    }

    @Property
    void inTheEndTheOrderIsAsFreshAsAtTheStart(
            @ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);
        now.addAndGet(AddressMemory.GOOD_FOR.toNanos() + 1);

        assertThat(memory.snapshot()).isEmpty();
        assertThat(memory.order(HOST, answer)).isEqualTo(new AddressMemory(ticker).order(HOST, answer));
    }

    @Property
    void theFreshOrderBeginsWithTheAnswersFirstAddress(@ForAll("answers") List<InetAddress> answer) {
        assertThat(new AddressMemory(ticker).order(HOST, answer)).first().isEqualTo(answer.get(0));
    }

    @Property
    void askingChangesNothing(@ForAll("histories") List<Event> history, @ForAll("answers") List<InetAddress> answer) {
        AddressMemory memory = remembering(history);
        List<AddressState> before = memory.snapshot();
        List<InetAddress> order = memory.order(HOST, answer);

        assertThat(memory.order(HOST, answer)).isEqualTo(order);
        assertThat(memory.snapshot()).isEqualTo(before);
    }

    @Provide
    Arbitrary<List<InetAddress>> answers() {
        return someAddress().list().ofMinSize(1).ofMaxSize(16);
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        someAddress(),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(0, 45))
                .as((address, successIfZero, pause) ->
                        new Event(address, successIfZero == 0, Duration.ofSeconds(pause)))
                .withoutEdgeCases()
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<InetAddress> someAddress() {
        return Combinators.combine(
                        Arbitraries.of("4.", "6."), Arbitraries.integers().between(1, 6))
                .as((family, number) -> Addresses.address(family + number));
    }

    /** The ticker begins anywhere, also where it is about to overflow. */
    private AddressMemory remembering(List<Event> history) {
        now.set(Long.MAX_VALUE - 20_000_000_000L);
        var memory = new AddressMemory(ticker);
        for (Event event : history) {
            if (event.success()) {
                memory.good(HOST, event.address());
            } else {
                memory.failed(HOST, event.address());
            }
            now.addAndGet(event.pause().toNanos());
        }
        return memory;
    }

    private static double rank(AddressMemory memory, InetAddress address) {
        return memory.snapshot().stream()
                .filter(state -> state.address().equals(address))
                .findAny()
                .map(state -> state.lastGood() ? BEST : state.penalty())
                .orElse(0.0);
    }

    private static List<List<InetAddress>> byRank(AddressMemory memory, List<InetAddress> answer) {
        Map<Double, List<InetAddress>> ranks = memory.order(HOST, answer).stream()
                .collect(Collectors.groupingBy(
                        address -> rank(memory, address), LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(ranks.values());
    }

    record Event(InetAddress address, boolean success, Duration pause) {}
}
