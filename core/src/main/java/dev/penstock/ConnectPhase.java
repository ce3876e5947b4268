package dev.penstock;

/** How far an attempt to connect had come, in the order in which a connect passes through. */
public enum ConnectPhase {
    /** Before any address was known: fetching credentials. */
    CREDENTIALS("credentials", "08001"),
    /** Looking the name up. */
    DNS("DNS", "08001"),
    /** TCP connect, also through a SOCKS proxy. */
    TCP("TCP", "08001"),
    /** From the request for TLS (or GSS encryption) to the verified server certificate. */
    TLS("TLS", "08006"),
    /** Startup packet sent, the server has not said how to authenticate. */
    STARTUP("startup", "08006"),
    /** Authentication, and what the server and the driver exchange until the session is usable. */
    AUTH("auth", "08006");

    private final String label;
    private final String sqlState;

    ConnectPhase(String label, String sqlState) {
        this.label = label;
        this.sqlState = sqlState;
    }

    /** The name used in messages: DNS, TCP, TLS, startup, auth. */
    public String label() {
        return label;
    }

    /**
     * SQLState of a failure in this phase that carries none of its own: {@code 08001} (unable to
     * establish) while no server has been reached, {@code 08006} (connection failure) after that.
     */
    public String sqlState() {
        return sqlState;
    }
}
