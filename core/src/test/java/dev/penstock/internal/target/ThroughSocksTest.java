package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("driver")
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ThroughSocksTest {
    private static final ConnectTarget TARGET = Targets.of(Targets.URL);

    @AfterEach
    void clearSystemProperties() {
        System.clearProperty("socksProxyHost");
        System.clearProperty("socksNonProxyHosts");
    }

    @Test
    void noProxyNoSocks() {
        assertThat(throughSocks("db1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"db1, true", "localhost, false", "127.0.0.1, false", "::1, false", "::2, true"})
    void proxyIsForAllButTheLocalHosts(String host, boolean expected) {
        System.setProperty("socksProxyHost", "proxy");
        assertThat(throughSocks(host)).isEqualTo(expected);
    }

    @Test
    void exceptionsAreReadAnewEachTime() {
        System.setProperty("socksProxyHost", "proxy");
        assertThat(throughSocks("db1.internal")).isTrue();
        System.setProperty("socksNonProxyHosts", "*.internal");
        assertThat(throughSocks("db1.internal")).isFalse();
    }

    private static boolean throughSocks(String host) {
        return TARGET.throughSocks(new HostPort(host, 5432));
    }
}
