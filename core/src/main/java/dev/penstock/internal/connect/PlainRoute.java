package dev.penstock.internal.connect;

import dev.penstock.internal.session.SessionOpener;
import dev.penstock.internal.settings.SettingKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import org.postgresql.Driver;

/** {@code penstock.enabled=false}: the plain driver with the user's own URL and properties, nothing else. */
public final class PlainRoute implements Route {
    private static final Driver DRIVER = new Driver();

    private final String url;
    private final Properties properties = new Properties();
    private volatile boolean closed;

    /** As the user gave them; {@code penstock.*} keys are left out, pgjdbc ignores those in a URL. */
    public PlainRoute(String url, Properties properties) {
        this.url = url;
        properties.stringPropertyNames().stream()
                .filter(key -> !SettingKeys.isOurs(key))
                .forEach(key -> this.properties.setProperty(key, properties.getProperty(key)));
    }

    @Override
    public Connection connect(ConnectOrder order) throws SQLException {
        if (closed) {
            throw new SQLNonTransientConnectionException("the connector is closed", "08003");
        }
        Properties own = new Properties();
        own.putAll(properties);
        if (order.given() != null) {
            SessionOpener.apply(order.given(), own);
        }
        Connection connection = DRIVER.connect(url, own);
        if (connection == null) {
            throw new IllegalStateException("pgjdbc does not take a URL that it has parsed before");
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }
}
