package dev.penstock.tools.connect;

import dev.penstock.PenstockConnector;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The two ways to the same server that are compared. Each call is one connect and one close. */
public final class Connects implements AutoCloseable {
    private final Driver driver;
    private final String url;
    private final Properties properties;
    private final PenstockConnector connector;

    /** With a connector whose settings are at their defaults; the properties hold user and password. */
    public Connects(String url, Properties properties) throws SQLException {
        this(
                url,
                properties,
                PenstockConnector.builder(url).properties(properties).build());
    }

    /** With a connector that comes to the same server in a way of its own; it is closed with this. */
    public Connects(String url, Properties properties, PenstockConnector connector) throws SQLException {
        this.driver = DriverManager.getDriver(url);
        this.url = url;
        this.properties = properties;
        this.connector = connector;
    }

    /** With pgjdbc alone, as HikariCP calls it: {@link Driver#connect} with a fresh copy of the properties. */
    public long plain() throws SQLException {
        long startedAt = System.nanoTime();
        Properties own = new Properties();
        own.putAll(properties);
        Connection connection = driver.connect(url, own);
        connection.close();
        return System.nanoTime() - startedAt;
    }

    /** With the connector. */
    public long penstock() throws SQLException {
        long startedAt = System.nanoTime();
        connector.getConnection().close();
        return System.nanoTime() - startedAt;
    }

    @Override
    public void close() {
        connector.close();
    }
}
