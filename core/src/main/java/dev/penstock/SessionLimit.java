package dev.penstock;

/** What a session can be limited in, with PostgreSQL's name for it and the SQLState that the server ends it with. */
public enum SessionLimit {
    /** How long one statement may take. */
    STATEMENT("statementTimeout", "statement_timeout", "57014", 0),

    /** How long a statement may wait for one lock. */
    LOCK("lockTimeout", "lock_timeout", "55P03", 0),

    /** How long a transaction may stay open with nothing running in it. */
    IDLE_IN_TRANSACTION("idleInTransactionTimeout", "idle_in_transaction_session_timeout", "25P03", 0),

    /** How long a transaction may take. */
    TRANSACTION("transactionTimeout", "transaction_timeout", "25P04", 170_000),

    /** How long a session may be idle outside a transaction. */
    IDLE_SESSION("idleSessionTimeout", "idle_session_timeout", "57P05", 140_000);

    private final String key;
    private final String serverSetting;
    private final String sqlState;
    private final int sinceVersion;

    SessionLimit(String key, String serverSetting, String sqlState, int sinceVersion) {
        this.key = key;
        this.serverSetting = serverSetting;
        this.sqlState = sqlState;
        this.sinceVersion = sinceVersion;
    }

    /** Penstock's setting, for example {@code penstock.session.statementTimeout}. */
    public String setting() {
        return "penstock.session." + key;
    }

    /** PostgreSQL's setting, for example {@code statement_timeout}; PostgreSQL manual, section 19.11. */
    public String serverSetting() {
        return serverSetting;
    }

    /** SQLState with which the server enforces it; PostgreSQL manual, appendix A. */
    public String sqlState() {
        return sqlState;
    }

    /** First {@code server_version_num} that knows it, 170000 for 17; 0 if every supported version does. */
    public int sinceVersion() {
        return sinceVersion;
    }

    /**
     * Whether a server knows it.
     *
     * @param versionNum {@code server_version_num}, 170011 for 17.11
     */
    public boolean isKnownTo(int versionNum) {
        return versionNum >= sinceVersion;
    }
}
