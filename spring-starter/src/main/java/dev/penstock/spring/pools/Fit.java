package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.internal.failure.Masking;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a HikariCP DataSource can have Penstock below it: what it draws from has to be pgjdbc itself. */
final class Fit {
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String DRIVER = "org.postgresql.Driver";

    /** Of whichever driver: Oracle's has user and password before any host. */
    private static final Pattern END_OF_SCHEME = Pattern.compile("[/@?;]");

    private Fit() {}

    /** Null if it can; else why not, for people. */
    static @Nullable String whyNot(HikariConfig hikari) {
        String url = hikari.getJdbcUrl();
        String driver = hikari.getDriverClassName();
        if (hikari.getDataSource() != null) {
            return "it draws from a DataSource of its own ("
                    + hikari.getDataSource().getClass().getName() + "): set jdbcUrl instead";
        }
        if (isSet(hikari.getDataSourceClassName()) || isSet(hikari.getDataSourceJNDI())) {
            return "it draws from a DataSource of its own (dataSourceClassName or dataSourceJNDI): set jdbcUrl instead";
        }
        String whyNotUrl = whyNotUrl(url);
        if (whyNotUrl != null) {
            return whyNotUrl;
        }
        return !isSet(driver) || DRIVER.equals(driver) ? null : "its driver is not pgjdbc (" + driver + ")";
    }

    /** Null if the URL is one of pgjdbc's. */
    static @Nullable String whyNotUrl(@Nullable String url) {
        return url != null && url.startsWith(POSTGRES) ? null : "its URL is not one of pgjdbc's (" + scheme(url) + ")";
    }

    /** As far as it says which driver it is for; what follows may hold a secret. */
    static String scheme(@Nullable String url) {
        if (!isSet(url)) {
            return "there is none";
        }
        return Masking.mask(END_OF_SCHEME.split(String.valueOf(url), 2)[0]) + "...";
    }

    static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    static boolean isOurs(Object bean) {
        return bean instanceof PenstockHikariDataSource;
    }
}
