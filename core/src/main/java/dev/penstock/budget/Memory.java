package dev.penstock.budget;

/**
 * What the server's memory allows.
 *
 * @param forConnections mebibytes that its backends may take together, shared buffers and page cache set aside
 * @param perConnection mebibytes of one backend; about 10 is a common rule of thumb, {@code work_mem} comes on top
 */
public record Memory(int forConnections, int perConnection) {
    /** What one backend takes if nobody has measured it: 10 MiB. */
    public static final int USUAL_PER_CONNECTION = 10;

    /** Both from 1 to 10^9. */
    public Memory {
        Bounds.between("forConnections", 1, 1_000_000_000, forConnections);
        Bounds.between("perConnection", 1, 1_000_000_000, perConnection);
    }

    /** How many backends find room. */
    public int connections() {
        return forConnections / perConnection;
    }
}
