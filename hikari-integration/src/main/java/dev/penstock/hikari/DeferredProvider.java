package dev.penstock.hikari;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;

/**
 * Stands in for the user's credentials provider, which HikariCP would call on its one adder thread and
 * without a limit: it names no credentials, so HikariCP asks the connector for a connection without any,
 * and the connector calls the user's provider under its deadline.
 *
 * @param user the provider that was configured
 */
record DeferredProvider(HikariCredentialsProvider user) implements HikariCredentialsProvider {
    @Override
    public Credentials getCredentials() {
        return Credentials.of(null, null);
    }
}
