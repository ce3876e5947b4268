package dev.penstock.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostMemoryTest {
    private static final Duration RECHECK = Duration.ofSeconds(10);
    private static final HostPort A = new HostPort("a", 5432);
    private static final HostPort B = new HostPort("b", 5432);
    private static final HostPort C = new HostPort("c", 5432);
    private static final List<HostPort> URL = List.of(A, B, C);

    /** Starts shortly before the ticker overflows. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final Random random = new Random(42);
    private final HostMemory memory = new HostMemory(now::get, RECHECK);

    @ParameterizedTest
    @EnumSource
    void withoutKnowledgeTheUrlsOrderHolds(ServerRole wanted) {
        assertThat(order(wanted)).containsExactly(A, B, C);
    }

    @ParameterizedTest
    @EnumSource
    void failedHostsGoLast(ServerRole wanted) {
        memory.report(A, HostStatus.CONNECT_FAILED);
        memory.report(B, HostStatus.CONNECTED);

        assertThat(order(wanted)).containsExactly(B, C, A);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY", "PREFER_PRIMARY"})
    void secondariesGoBehindUnknownHostsWhenAPrimaryIsWanted(ServerRole wanted) {
        memory.report(A, HostStatus.SECONDARY);
        memory.report(C, HostStatus.PRIMARY);

        assertThat(order(wanted)).containsExactly(B, C, A);
    }

    @ParameterizedTest
    @EnumSource(names = {"SECONDARY", "PREFER_SECONDARY"})
    void thePrimaryGoesBehindUnknownHostsWhenASecondaryIsWanted(ServerRole wanted) {
        memory.report(A, HostStatus.PRIMARY);
        memory.report(B, HostStatus.CONNECT_FAILED);

        assertThat(order(wanted)).containsExactly(C, A, B);
    }

    @Test
    void rolesDoNotMatterWhenAnyWillDo() {
        memory.report(A, HostStatus.SECONDARY);
        memory.report(C, HostStatus.PRIMARY);

        assertThat(order(ServerRole.ANY)).containsExactly(A, B, C);
    }

    @Test
    void aReportCountsUntilTheRecheck() {
        memory.report(A, HostStatus.CONNECT_FAILED);
        now.addAndGet(RECHECK.toNanos());
        assertThat(memory.recentlyFailed(A)).isTrue();
        assertThat(order(ServerRole.ANY)).containsExactly(B, C, A);

        now.incrementAndGet();
        assertThat(memory.recentlyFailed(A)).isFalse();
        assertThat(memory.status(A)).isNull();
        assertThat(order(ServerRole.ANY)).containsExactly(A, B, C);
    }

    @Test
    void theLatestReportCounts() {
        memory.report(A, HostStatus.PRIMARY);
        assertThat(memory.role(A)).isEqualTo(ServerRole.PRIMARY);

        memory.report(A, HostStatus.SECONDARY);
        assertThat(memory.role(A)).isEqualTo(ServerRole.SECONDARY);

        memory.report(A, HostStatus.CONNECTED);
        assertThat(memory.role(A)).isNull();
        assertThat(memory.status(A)).isEqualTo(HostStatus.CONNECTED);

        memory.report(A, HostStatus.CONNECT_FAILED);
        assertThat(memory.role(A)).isNull();
        assertThat(memory.recentlyFailed(A)).isTrue();
        assertThat(memory.recentlyFailed(B)).isFalse();
    }

    @Test
    void loadBalancingReachesEveryOrderAndStillKeepsFailedHostsLast() {
        memory.report(B, HostStatus.CONNECT_FAILED);
        Set<List<HostPort>> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(memory.order(URL, ServerRole.ANY, true, random));
        }

        assertThat(seen).containsExactlyInAnyOrder(List.of(A, C, B), List.of(C, A, B));
    }

    @Test
    void loadBalancingIsFair() {
        int[] first = new int[3];
        for (int i = 0; i < 3_000; i++) {
            first[
                    URL.indexOf(memory.order(URL, ServerRole.PREFER_SECONDARY, true, random)
                            .get(0))]++;
        }

        for (int count : first) {
            assertThat(count).isBetween(850, 1150);
        }
    }

    @Test
    void aKnownSecondaryDoesNotDrawAllLoadToItself() {
        memory.report(B, HostStatus.SECONDARY);
        Set<HostPort> first = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            first.add(memory.order(URL, ServerRole.SECONDARY, true, random).get(0));
        }

        assertThat(first).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void theMemoryIsBoundedAndTheOldestReportMakesRoom() {
        memory.report(A, HostStatus.CONNECT_FAILED);
        memory.report(B, HostStatus.CONNECT_FAILED);
        memory.report(A, HostStatus.CONNECT_FAILED);
        for (int i = 0; i < HostMemory.MAX_HOSTS - 1; i++) {
            memory.report(new HostPort("db" + i, 5432), HostStatus.CONNECT_FAILED);
        }

        assertThat(memory.recentlyFailed(A)).isTrue();
        assertThat(memory.recentlyFailed(B)).isFalse();
    }

    private List<HostPort> order(ServerRole wanted) {
        return memory.order(URL, wanted, false, random);
    }
}
