package dev.penstock.tools.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkPlanTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, '127.0.0.1'", "localhost, '127.0.0.1'", "127.0.0.13, '127.0.0.1,127.0.0.13'"})
    void theServerListensWhereItsForksComeFrom(String host, String addresses) {
        assertThat(new ForkPlan("x", host, false, 0, 10, false, Duration.ZERO, List.of()).listenAddresses())
                .isEqualTo(addresses);
    }
}
