package dev.penstock.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.penstock.lab.junit.NoLeftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.support.SpringFactoriesLoader;

@NoLeftovers
@ExtendWith(OutputCaptureExtension.class)
class PreloadTest {
    @Test
    void springBootKnowsIt() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(Preload.class);
    }

    @Test
    void itIsNotNoticed(CapturedOutput output) {
        assertThatCode(() -> new Preload().preinitialize()).doesNotThrowAnyException();
        assertThat(output).doesNotContain("enstock");
    }
}
