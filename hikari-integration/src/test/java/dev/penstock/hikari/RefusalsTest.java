package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.Credentials;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.NoLeftovers;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is refused is refused by name, rule and value, before anything is connected. */
@NoLeftovers
class RefusalsTest {
    private static final String URL = "jdbc:postgresql://db.penstock.test/app";

    @Test
    void dataSource() {
        refuses("dataSource", "PGSimpleDataSource", c -> c.setDataSource(new PGSimpleDataSource()));
    }

    @Test
    void dataSourceClassName() {
        refuses("dataSourceClassName", "org.acme.DataSource", c -> c.setDataSourceClassName("org.acme.DataSource"));
    }

    @Test
    void dataSourceJndi() {
        refuses("dataSourceJNDI", "java:comp/env/db", c -> c.setDataSourceJNDI("java:comp/env/db"));
    }

    @Test
    void anotherDriver() {
        refuses("driverClassName", "OtherDriver", c -> c.setDriverClassName(OtherDriver.class.getName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:tc:postgresql:17:///app", "jdbc:h2:mem:app", "postgresql://db/app"})
    void anotherUrl(String url) {
        refuses("jdbcUrl", url, c -> c.setJdbcUrl(url));
    }

    @Test
    void noUrl() {
        refuses("jdbcUrl", "null", c -> c.setJdbcUrl(null));
        refuses("jdbcUrl", "''", c -> c.setJdbcUrl(""));
    }

    @Test
    void secretsInARefusedUrlAreMasked() {
        InvalidSettingException refused =
                refuses("jdbcUrl", "password=***", c -> c.setJdbcUrl("jdbc:mysql://db/app?password=geheim"));
        assertThat(refused).hasMessageNotContaining("geheim");
    }

    @Test
    void twoSuppliersOfCredentials() {
        PenstockConfig withSupplier = PenstockConfig.builder()
                .connect(c -> c.credentials(() -> new Credentials("app", "one")))
                .build();
        HikariConfig config =
                config(c -> c.setCredentialsProvider(() -> com.zaxxer.hikari.util.Credentials.of("app", "other")));
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class, () -> new PenstockHikariDataSource(config, withSupplier));
        assertThat(refused.setting()).isEqualTo("credentialsProvider");
        assertThat(refused).hasMessageContaining("penstock.connect.credentials");
    }

    @Test
    void pgjdbcsOwnDriverMayBeNamed() throws SQLException {
        try (var pool = new PenstockHikariDataSource()) {
            pool.setDriverClassName("org.postgresql.Driver");
            pool.setJdbcUrl(URL);
            assertThat(pool.isWrapperFor(PenstockConnector.class)).isTrue();
        }
    }

    @Test
    void setOnTheNoArgumentInstanceIsRefusedAtTheFirstBorrow() {
        try (var pool = new PenstockHikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:app");
            assertThat(catchThrowableOfType(InvalidSettingException.class, pool::getConnection)
                            .setting())
                    .isEqualTo("jdbcUrl");
            assertThatThrownBy(() -> pool.unwrap(PenstockConnector.class))
                    .isInstanceOf(SQLException.class)
                    .hasCauseInstanceOf(InvalidSettingException.class);
        }
    }

    private static InvalidSettingException refuses(String setting, String value, Consumer<HikariConfig> change) {
        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> new PenstockHikariDataSource(config(change)));
        assertThat(refused.setting()).isEqualTo(setting);
        assertThat(refused).hasMessageStartingWith(setting + " must ").hasMessageContaining(value);
        return refused;
    }

    private static HikariConfig config(Consumer<HikariConfig> change) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        change.accept(config);
        return config;
    }

    /** HikariCP makes one when it is named. */
    public static final class OtherDriver extends org.postgresql.Driver {}
}
