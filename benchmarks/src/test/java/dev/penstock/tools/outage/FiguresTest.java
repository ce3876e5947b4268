package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void areReadBackAsTheyWerePrinted() throws IOException {
        Figures figures = new FiguresBuilder()
                .firstFailure("C:\\x = y # \\u0041")
                .longest(40_000.5, true)
                .build();

        assertThat(Figures.parse(figures.print())).isEqualTo(figures);
    }

    @Test
    void whatNeverHappenedIsReadBackToo() throws IOException {
        Figures never = new FiguresBuilder().recovery(Double.POSITIVE_INFINITY).build();

        assertThat(Figures.parse(never.print())).isEqualTo(never);
        assertThat(never.recovered()).isFalse();
    }

    @Test
    void eachFigureIsOneLineWhateverAPoolHasThrown() {
        Figures figures =
                new FiguresBuilder().firstFailure("first\nhung=20").hung(0).build();

        assertThat(figures.print().lines()).hasSize(figures.byName().size()).contains("hung=0");
    }

    @Test
    void aCellThatDiedHasNone() {
        assertThatThrownBy(() -> Figures.parse("outageMillis=1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("printed no served");
    }
}
