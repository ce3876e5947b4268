package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static Pairs pair(long measuredMillis, long baselineMillis) {
        return new Pairs(
                Repetitions.of(new Attempt(measuredMillis * 1_000_000, 0, null)),
                Repetitions.of(new Attempt(baselineMillis * 1_000_000, 0, null)));
    }

    private static Pairs inBlocks(Pairs... blocks) {
        Deque<Pairs> script = new ArrayDeque<>(List.of(blocks));
        Pairs all = Pairs.inBlocks(1.3, script::removeFirst);
        assertThat(script).as("blocks not asked for").isEmpty();
        return all;
    }

    @Test
    void oneBlockIsEnoughWhereTheLimitIsKept() {
        assertThat(inBlocks(pair(13, 10)).size()).isEqualTo(1);
    }

    @Test
    void furtherBlocksCountBesideTheFirstNotInsteadOfIt() {
        Pairs all = inBlocks(pair(20, 10), pair(10, 10), pair(10, 10));

        assertThat(all.measured().counted()).extracting(Attempt::millis).containsExactly(20.0, 10.0, 10.0);
        assertThat(all.ratio()).isEqualTo(1.0);
    }

    @Test
    void whatStaysBrokenIsBroken() {
        Pairs slow = pair(14, 10);

        assertThat(inBlocks(slow, slow, slow, slow).ratio()).isEqualTo(1.4);
    }

    @Test
    void eachSideIsFirstInEveryOtherPair() {
        List<String> order = new ArrayList<>();

        Pairs pairs = Pairs.measure(
                2,
                () -> {
                    order.add("ours");
                    return null;
                },
                () -> {
                    order.add("theirs");
                    return null;
                });

        assertThat(order).containsExactly("ours", "theirs", "theirs", "ours");
        assertThat(pairs.allConnected()).as("no connection is no success").isFalse();
    }
}
