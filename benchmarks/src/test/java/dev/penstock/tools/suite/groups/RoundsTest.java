package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.bench.Contender;
import dev.penstock.tools.suite.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void eachSideIsFirstAsOftenAsLast() throws Exception {
        List<Contender> ran = new ArrayList<>();
        List<String> lines = new ArrayList<>();

        Rounds rounds = Rounds.run(
                2,
                side -> {
                    ran.add(side);
                    return Map.of("x", (double) ran.size());
                },
                lines::add);

        assertThat(ran).containsExactly(Contender.HIKARI, Contender.PENSTOCK, Contender.PENSTOCK, Contender.HIKARI);
        assertThat(rounds.bare()).containsExactly(Map.of("x", 1.0), Map.of("x", 4.0));
        assertThat(rounds.other()).containsExactly(Map.of("x", 2.0), Map.of("x", 3.0));
        assertThat(lines).containsExactly("round 1 of 2", "round 2 of 2");
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
