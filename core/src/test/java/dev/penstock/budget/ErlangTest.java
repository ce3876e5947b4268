package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangTest {
    /**
     * Capacity of an Erlang B system (T. S. Rappaport, "Wireless Communications", 2nd edition 2002, table 3.4): offered
     * load at which so many connections lose one call in 100, in 200, in 500 and in 1,000. It is printed with two or
     * three digits, some of them rounded the wrong way: to half a per cent.
     */
    @ParameterizedTest
    @CsvSource({
        "2,   0.153, 0.105, 0.065, 0.046",
        "4,   0.869, 0.701, 0.535, 0.439",
        "5,   1.36,  1.13,  0.900, 0.762",
        "10,  4.46,  3.96,  3.43,  3.09",
        "20,  12.0,  11.1,  10.1,  9.41",
        "24,  15.3,  14.2,  13.0,  12.2",
        "40,  29.0,  27.3,  25.7,  24.5",
        "70,  56.1,  53.7,  51.0,  49.2",
        "100, 84.1,  80.9,  77.4,  75.2",
    })
    void lossTable(int connections, double inHundred, double in200, double in500, double inThousand) {
        assertLoses(connections, inHundred, 0.01);
        assertLoses(connections, in200, 0.005);
        assertLoses(connections, in500, 0.002);
        assertLoses(connections, inThousand, 0.001);
    }

    private static void assertLoses(int connections, double load, double lost) {
        double rounding = Math.max(0.0005, 0.005 * load);
        assertThat(Erlang.blocked(connections, load - rounding)).isLessThan(lost);
        assertThat(Erlang.blocked(connections, load + rounding)).isGreaterThan(lost);
    }

    /**
     * The table of the waiting formula (J. Dunlop, D. Girma, J. Irvine, "Digital Mobile Communications and the TETRA
     * System", 1999, appendix A.3): offered load at which so many calls wait.
     */
    @ParameterizedTest
    @CsvSource({"8, 0.05, 3.87, 0.005", "10, 0.01, 4.08, 0.005"})
    void waitingTable(int connections, double waiting, double load, double rounding) {
        assertThat(Erlang.waits(connections, load - rounding)).isLessThan(waiting);
        assertThat(Erlang.waits(connections, load + rounding)).isGreaterThan(waiting);
    }

    /** By hand: C(1, a) = a; C(2, 1) = 1/3; C(3, 2) = 4/9; C(5, 4) = 128/231; C(2, 1/5) = 1/55. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.3, 0.3",
        "2, 1,   0.3333333333333333",
        "3, 2,   0.4444444444444444",
        "5, 4,   0.5541125541125541",
        "2, 0.2, 0.0181818181818182",
    })
    void byHand(int connections, double load, double waiting) {
        assertThat(Erlang.waits(connections, load)).isCloseTo(waiting, within(1e-15));
    }

    /** Halfin and Whitt, 1981: with a load of c - b sqrt(c) the probability tends to 1 / (1 + b Phi(b) / phi(b)). */
    @Test
    void manyConnectionsTendToTheLimitOfHalfinAndWhitt() {
        double phi = Math.exp(-0.5) / Math.sqrt(2 * Math.PI); // b = 1
        double limit = 1 / (1 + 0.8413447460685429 / phi);

        assertThat(Erlang.waits(1_000_000, 1_000_000 - 1_000)).isCloseTo(limit, within(0.0005));
        assertThat(Erlang.waits(10_000, 10_000 - 100)).isCloseTo(limit, within(0.005));
    }

    @Test
    void nothingOverflowsOrIsNotANumber() {
        assertThat(Erlang.waits(1_000_000, 0)).isZero();
        assertThat(Erlang.waits(1_000_000, 1e-300)).isZero();
        assertThat(Erlang.waits(1, Math.nextDown(1.0))).isBetween(0.999, 1.0);
        assertThat(Erlang.waits(1_000_000, Math.nextDown(1e6))).isBetween(0.999, 1.0);
        assertThat(Erlang.waits(10_000, 1e12)).isOne();
        assertThat(Erlang.blocked(10_000, 1e12)).isBetween(0.99, 1.0);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Erlang.waits(0, 1)).hasMessage("connections must be between 1 and 1000000, but was 0");
        assertThatThrownBy(() -> Erlang.waits(1, Double.NaN)).hasMessageEndingWith("but was NaN");
        assertThatThrownBy(() -> Erlang.waits(1, -0.1)).hasMessageEndingWith("but was -0.1");
    }
}
