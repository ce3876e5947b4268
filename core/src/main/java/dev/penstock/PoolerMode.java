package dev.penstock;

/** Whether a connection pooler such as PgBouncer stands between the application and the server. */
public enum PoolerMode {
    /**
     * Found out on the first connection: if the process id of the session's key is that of its server process, there is
     * none. Whatever else is seen counts as {@link #TRANSACTION}.
     */
    AUTO,

    /** None: the session is the server's own. */
    NONE,

    /** One that lends a server connection for a transaction: what is set for a session would reach other clients. */
    TRANSACTION,

    /** One that lends a server connection for as long as the client stays connected. */
    SESSION
}
