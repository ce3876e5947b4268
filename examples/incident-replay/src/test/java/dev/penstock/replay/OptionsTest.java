package dev.penstock.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void markdownIsAskedFor() {
        assertThat(Options.of().markdown()).isFalse();
        assertThat(Options.of("--markdown").markdown()).isTrue();
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> Options.of("--md"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("argument must be --markdown, but was --md");
    }
}
