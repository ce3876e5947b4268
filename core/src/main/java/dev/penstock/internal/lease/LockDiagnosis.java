package dev.penstock.internal.lease;

import java.sql.SQLException;
import java.util.List;

/** Asks the server why a statement takes so long. */
@FunctionalInterface
public interface LockDiagnosis {
    /**
     * Process ids of the sessions that the session of this one waits for; empty if it waits for none, or the server does
     * not know it. Blocks, for some seconds at most.
     */
    List<Integer> blockersOf(int backendPid) throws SQLException;
}
