package dev.penstock.tools.timeouts;

/**
 * How races went.
 *
 * @param races statements that ended about when their cancel arrived
 * @param cancels requests that were sent
 * @param cancelled statements that were meant, and cancelled
 * @param ended sessions whose socket was closed, because a request got no answer in time
 * @param wrongStatements innocent statements of the same borrower that were cancelled
 * @param wrongBorrowers first statements of the next borrower that were cancelled, or met a dead connection
 * @param deadMet later statements of the borrower whose session was closed at the end of the grace
 * @param undecided innocent statements that failed, but had themselves taken as long as the limit, or waited so long
 * @param firstWrong what the first innocent one was told; empty if none was
 */
public record RaceOutcome(
        long races,
        long cancels,
        long cancelled,
        long ended,
        long wrongStatements,
        long wrongBorrowers,
        long deadMet,
        long undecided,
        String firstWrong) {
    /** Requests that came when what they were meant for was over. */
    public long late() {
        return Math.max(0, cancels - cancelled - undecided);
    }

    /** Whatever should not have been hit. */
    public long wrong() {
        return wrongStatements + wrongBorrowers;
    }
}
