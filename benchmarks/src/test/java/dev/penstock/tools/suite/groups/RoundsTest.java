package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void eachSideIsFirstAsOftenAsLast() throws Exception {
        List<Side> ran = new ArrayList<>();
        List<String> lines = new ArrayList<>();

        Rounds rounds = Rounds.inTurn(
                2,
                Side.PENSTOCK,
                side -> {
                    ran.add(side);
                    return Map.of("x", (double) ran.size());
                },
                lines::add);

        assertThat(ran).containsExactly(Side.HIKARI, Side.PENSTOCK, Side.PENSTOCK, Side.HIKARI);
        assertThat(rounds.bare()).containsExactly(Map.of("x", 1.0), Map.of("x", 4.0));
        assertThat(rounds.other()).containsExactly(Map.of("x", 2.0), Map.of("x", 3.0));
        assertThat(lines).containsExactly("round 1 of 2", "round 2 of 2");
    }

    /** Each waits until a fork of the other side is there too. */
    @Test
    void whatIsNoMatterOfTimeRunsSeveralAtATime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        Rounds rounds = Rounds.atOnce(
                3,
                Side.PENSTOCK_ALL,
                side -> {
                    int unused = both.await(30, TimeUnit.SECONDS);
                    return Map.of("x", (double) side.name().length());
                },
                line -> {});

        assertThat(rounds.bare()).hasSize(3).containsOnly(Map.of("x", 6.0));
        assertThat(rounds.other()).hasSize(3).containsOnly(Map.of("x", 12.0));
    }

    @Test
    void oneOfThemThatFailsFailsThemAllAndSaysWhy() {
        assertThatThrownBy(() -> Rounds.atOnce(
                        2,
                        Side.PENSTOCK,
                        side -> {
                            throw new IOException("the fork failed");
                        },
                        line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("the fork failed");
    }

    @Test
    void whatDriftsFromRoundToRoundCancelsOut() {
        Rounds rounds = new Rounds(
                List.of(Map.of("x", 100.0), Map.of("x", 300.0), Map.of("x", 200.0)),
                List.of(Map.of("x", 120.0), Map.of("x", 360.0), Map.of("x", 240.0)));

        assertThat(rounds.ratio("x").low()).isCloseTo(1.2, within(1e-9));
        assertThat(rounds.ratio("x").high()).isCloseTo(1.2, within(1e-9));
        assertThat(rounds.above("x").estimate()).isCloseTo(40, within(1e-9));
    }

    @Test
    void rowsHaveTheMiddleValue() {
        Rounds rounds = new Rounds(
                List.of(Map.of("x", 100.0), Map.of("x", 300.0), Map.of("x", 200.0)),
                List.of(Map.of("x", 121.0), Map.of("x", 359.0), Map.of("x", 240.0)));

        Figure bare = rounds.bareRow("HikariCP", "x", "ns");
        assertThat(bare).isEqualTo(new Figure("HikariCP", 200, "ns", null, null, null, 3, null));
        Figure row = rounds.row("Penstock", "x", "ns", new Figure.Kept("little", true));
        assertThat(row.value()).isEqualTo(240);
        assertThat(row.ratio()).isEqualTo(rounds.ratio("x"));
        assertThat(row.above()).isEqualTo(rounds.above("x"));
        assertThat(row.forks()).isEqualTo(3);
        assertThat(row.promise()).isEqualTo(new Figure.Kept("little", true));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> new Rounds(List.of(Map.of()), List.of())).hasMessageContaining("but were 1 and 0");
        Rounds rounds = new Rounds(List.of(Map.of("x", 1.0)), List.of(Map.of("x", 1.0)));
        assertThatThrownBy(() -> rounds.bareRow("HikariCP", "y", "ns"))
                .hasMessage("a fork must print 'y', but printed [x]");
    }
}
