package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0.254 ; 0.25
            2     ; 2.00
            -1    ; -
            2.01  ; 2.01, more than 2 processors can do: distrust the figures
            """)
    void aBusyMachineIsSaidToBe(double load, String text) {
        assertThat(Machine.loadOfOthers(load, 2)).isEqualTo(text);
    }

    @Test
    void itTellsWhatItIs() {
        assertThat(Machine.memory()).matches("\\d+\\.\\d GB");
        assertThat(Machine.processor()).isNotBlank();
        assertThat(Machine.system()).contains(System.getProperty("os.arch"));
        assertThat(Machine.jdk()).contains(System.getProperty("java.vm.version"));
    }
}
