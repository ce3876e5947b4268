package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;
import org.postgresql.hostchooser.HostRequirement;
import org.postgresql.jdbc.SslMode;

/** What is written anew here, because the driver keeps it internal, must mean what it means there. */
@Tag("driver")
class AgreesWithDriverTest {
    @Test
    void everyServerTypeOfTheDriverIsKnownAndMeansTheSame() {
        for (String choice : PGProperty.TARGET_SERVER_TYPE.getChoices()) {
            String driver = HostRequirement.getTargetServerType(choice).name();
            assertThat(ServerRole.parse(choice).name().replace("_", "")).isEqualTo(driver.toUpperCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ssl=true", "ssl=TRUE", "ssl=false", "ssl", "ssl=x", "sslmode=disable&ssl=true"})
    void tlsIsRequiredWhereTheDriverRequiresIt(String parameters) throws SQLException {
        assertTls(parameters);
        for (String mode : PGProperty.SSL_MODE.getChoices()) {
            assertTls(parameters.contains("sslmode") ? parameters : parameters + "&sslmode=" + mode);
        }
    }

    private static void assertTls(String parameters) throws SQLException {
        ParsedUrl parsed = ParsedUrl.of(Targets.URL + "?" + parameters, new Properties());
        assertThat(Encryption.of(parsed).tlsRequired())
                .isEqualTo(SslMode.of(parsed.merged()).requireEncryption());
    }

    @Test
    void defaultsAreStillTheDrivers() {
        assertThat(PGProperty.CONNECT_TIMEOUT.getDefaultValue()).isEqualTo("10");
        assertThat(PGProperty.HOST_RECHECK_SECONDS.getDefaultValue()).isEqualTo("10");
        assertThat(PGProperty.LOGIN_TIMEOUT.getDefaultValue()).isEqualTo("0");
        assertThat(PGProperty.LOAD_BALANCE_HOSTS.getDefaultValue()).isEqualTo("false");
        assertThat(PGProperty.TARGET_SERVER_TYPE.getDefaultValue()).isEqualTo("any");
        assertThat(PGProperty.GSS_ENC_MODE.getDefaultValue()).isEqualTo("allow");
    }

    @Test
    void namesAreTheDrivers() {
        for (String name : new String[] {
            "PGHOST", "PGPORT", "PGDBNAME", "service", "localSocketAddress", "socketFactory", "socketFactoryArg",
            "targetServerType", "loadBalanceHosts", "loginTimeout", "connectTimeout", "tcpKeepAlive", "password",
                    "user",
            "sslResponseTimeout", "gssResponseTimeout", "sslmode", "ssl", "gssEncMode", "hostRecheckSeconds"
        }) {
            assertThat(PGProperty.forName(name)).as(name).isNotNull();
        }
    }
}
