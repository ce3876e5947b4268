package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.budget.ApplicationName;
import dev.penstock.internal.failure.Masking;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a HikariConfig does not go together with Penstock. Checked before anything is built. */
final class Refusals {
    static final String URL_PREFIX = "jdbc:postgresql:";

    private static final String DRIVER = "org.postgresql.Driver";
    private static final String INSTEAD =
            "; set jdbcUrl (" + URL_PREFIX + "//host:5432/database), or use HikariDataSource for this pool";

    private Refusals() {}

    /** Throws an {@link InvalidSettingException} for the first thing that is wrong. */
    static void check(HikariConfig hikari, PenstockConfig effective) {
        Object dataSource = hikari.getDataSource();
        mustBeUnset(
                "dataSource", dataSource == null ? null : dataSource.getClass().getName());
        mustBeUnset("dataSourceClassName", hikari.getDataSourceClassName());
        mustBeUnset("dataSourceJNDI", hikari.getDataSourceJNDI());
        checkDriver(hikari.getDriverClassName());
        checkUrl(hikari.getJdbcUrl());
        checkCredentials(hikari, effective);
        checkBudget(effective);
    }

    private static void mustBeUnset(String setting, @Nullable String value) {
        if (isSet(value)) {
            throw new InvalidSettingException(
                    setting, "must not be set: Penstock makes the physical connections" + INSTEAD, value);
        }
    }

    private static void checkDriver(@Nullable String driver) {
        if (isSet(driver) && !DRIVER.equals(driver)) {
            throw new InvalidSettingException(
                    "driverClassName",
                    "must be " + DRIVER + " or not set: Penstock works with pgjdbc only; leave it out, or use"
                            + " HikariDataSource for this pool",
                    driver);
        }
    }

    private static void checkUrl(@Nullable String url) {
        if (!isSet(url)) {
            throw new InvalidSettingException("jdbcUrl", "must be set to a URL that begins with " + URL_PREFIX, url);
        }
        if (!Objects.requireNonNull(url).startsWith(URL_PREFIX)) {
            throw new InvalidSettingException(
                    "jdbcUrl",
                    "must begin with " + URL_PREFIX + "; use HikariDataSource for another driver's URL, or"
                            + " penstock.enabled=false",
                    Masking.mask(url));
        }
    }

    private static void checkCredentials(HikariConfig hikari, PenstockConfig effective) {
        Object provider = hikari.getCredentialsProvider();
        if (provider != null && effective.connect().credentials() != null) {
            throw new InvalidSettingException(
                    "credentialsProvider",
                    "must not be set beside penstock.connect.credentials: leave one of them out",
                    provider.getClass().getName());
        }
    }

    /** With a plan it must be known which of its services this is. */
    private static void checkBudget(PenstockConfig effective) {
        Optional<ApplicationName> unused = effective.budget().applicationName("any");
    }

    /** HikariCP treats an empty text as none. */
    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }
}
