package dev.penstock.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class SideTest {
    private static final String WHOLE = System.getProperty("java.class.path");

    @Test
    void oneSideHasEverything() {
        assertThat(Side.WITH.classPath(WHOLE)).isEqualTo(WHOLE);
    }

    @Test
    void theOtherGoesWithoutTheStarterAndWhatItBrings() {
        assertThat(Side.WITHOUT.classPath(WHOLE).split(File.pathSeparator))
                .hasSize(WHOLE.split(File.pathSeparator).length - 5)
                .noneMatch(entry -> entry.contains("resilience4j") || entry.contains("spring-starter"));
    }
}
