package dev.penstock.spring.ecosystem;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** A container that runs already, as far as whoever asks can see; it takes no engine. */
final class RunningContainer extends PostgreSQLContainer {
    private final String url;
    private final String password;

    RunningContainer(String url, String password) {
        super("postgres:17");
        this.url = url;
        this.password = password;
    }

    @Override
    public String getJdbcUrl() {
        return url;
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
