package dev.penstock.internal.lease;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Asks the server why statements take so long. */
@FunctionalInterface
public interface LockDiagnosis {
    /**
     * For each of these sessions that waits for a lock, by process id, the process ids of those that it waits for.
     * Blocks, for some seconds at most.
     */
    Map<Integer, List<Integer>> blockersOf(Collection<Integer> backendPids) throws SQLException;
}
