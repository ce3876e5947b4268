package dev.penstock.tools.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static final int PAIRS = 1000;

    private final List<String> order = new ArrayList<>();

    /** Each measurement is its number, which tells them apart. */
    private double[][] run(Random coin) throws SQLException {
        return new Pairs(() -> next("plain"), () -> next("penstock"), coin, 0).run(PAIRS);
    }

    private double next(String side) {
        order.add(side);
        return order.size() - 1;
    }

    @Test
    void whatIsMeasuredTogetherHasTheSameIndex() throws SQLException {
        double[][] times = run(new Random(1));

        for (int i = 0; i < PAIRS; i++) {
            assertThat(new double[] {times[0][i], times[1][i]}).containsExactlyInAnyOrder(2.0 * i, 2.0 * i + 1);
            assertThat(order.get((int) times[0][i])).isEqualTo("plain");
            assertThat(order.get((int) times[1][i])).isEqualTo("penstock");
        }
    }

    @Test
    void theCoinSaysWhoIsFirstInEachPair() throws SQLException {
        double[][] times = run(new Random(1));

        Random sameCoin = new Random(1);
        int plainFirst = 0;
        for (int i = 0; i < PAIRS; i++) {
            boolean first = times[0][i] < times[1][i];
            assertThat(first).isEqualTo(sameCoin.nextBoolean());
            plainFirst += first ? 1 : 0;
        }
        assertThat(plainFirst).isBetween(PAIRS / 3, 2 * PAIRS / 3);
    }
}
