package dev.penstock.lab.pgbouncer;

import java.util.Locale;

/** When a client gives its server connection back. */
public enum PoolMode {
    /** When it disconnects. */
    SESSION,
    /** At the end of each transaction: the next one may find another backend. */
    TRANSACTION,
    /** After each statement: transactions of several statements are refused. */
    STATEMENT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
