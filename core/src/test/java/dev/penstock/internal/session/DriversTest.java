package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriversTest {
    /** Else leases would be blind over every supported driver, without a test that fails. */
    @Test
    void theDriversThatAreSupportedTellTheirTransactionStateAtOnce() {
        assertThat(Drivers.tellTransactionState()).isTrue();
    }
}
