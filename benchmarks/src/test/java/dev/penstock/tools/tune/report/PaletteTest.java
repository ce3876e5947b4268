package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.report.Palette.Use;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {
    private static final List<Function<Palette, String>> BOTH_SCHEMES = List.of(Palette::light, Palette::dark);

    @Test
    void blackOnWhiteIsTheMost() {
        assertThat(Contrast.of("#000000", "#ffffff")).isEqualTo(21);
        // An example of WCAG's: just enough.
        assertThat(Contrast.of("#767676", "#ffffff")).isBetween(4.5, 4.6);
    }

    static Stream<Arguments> letters() {
        return pairs(Use.TEXT, List.of(Palette.BACKGROUND, Palette.SURFACE, Palette.CHOSEN));
    }

    static Stream<Arguments> marks() {
        return pairs(Use.MARK, List.of(Palette.SURFACE, Palette.BAND));
    }

    private static Stream<Arguments> pairs(Use use, List<Palette> behind) {
        return Arrays.stream(Palette.values())
                .filter(colour -> colour.use() == use)
                .flatMap(colour -> behind.stream().map(area -> Arguments.of(colour, area)));
    }

    @ParameterizedTest
    @MethodSource("letters")
    void textCanBeReadInBothSchemes(Palette text, Palette area) {
        for (Function<Palette, String> scheme : BOTH_SCHEMES) {
            assertThat(Contrast.of(scheme.apply(text), scheme.apply(area)))
                    .as("%s on %s", scheme.apply(text), scheme.apply(area))
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @MethodSource("marks")
    void marksCanBeSeenInBothSchemes(Palette mark, Palette area) {
        for (Function<Palette, String> scheme : BOTH_SCHEMES) {
            assertThat(Contrast.of(scheme.apply(mark), scheme.apply(area)))
                    .as("%s on %s", scheme.apply(mark), scheme.apply(area))
                    .isGreaterThanOrEqualTo(3);
        }
    }

    /** The more units, the further from what is behind. */
    @Test
    void shadesOfTheHeatMapGoOneWay() {
        for (Function<Palette, String> scheme : BOTH_SCHEMES) {
            assertThat(Stream.of(Palette.HEAT1, Palette.HEAT2, Palette.HEAT3, Palette.HEAT4, Palette.HEAT5)
                            .map(shade -> Contrast.of(scheme.apply(shade), scheme.apply(Palette.SURFACE))))
                    .isSorted();
        }
    }
}
