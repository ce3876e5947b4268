package dev.penstock.internal.socket;

import org.jspecify.annotations.Nullable;

/**
 * What is seen on a socket at one moment. All times are ticker times.
 *
 * @param exchange how many have begun; zero: none
 * @param begunAt first write of that exchange
 * @param outsideTransactionAt first write of the latest exchange that began outside a transaction: if one is open now,
 *     it is that exchange which has opened it
 * @param inTransaction whether a transaction is open now; while an answer is due, whether one was when it was asked for
 * @param insideWrite whether bytes are being sent
 * @param writeBegunAt when that write began
 * @param insideRead whether a byte is being waited for
 * @param readBegunAt when that read began
 * @param reader who waits; null if nobody does
 * @param waited nanoseconds inside those reads and writes of this exchange that are over
 * @param answerDue whether no byte has come since something was sent
 * @param answered whether the answer of the exchange is known to be complete; if not, it may be so all the same
 * @param lastUsed a byte either way, or the end of a read that brought none
 */
public record SocketPicture(
        long exchange,
        long begunAt,
        long outsideTransactionAt,
        boolean inTransaction,
        boolean insideWrite,
        long writeBegunAt,
        boolean insideRead,
        long readBegunAt,
        @Nullable Thread reader,
        long waited,
        boolean answerDue,
        boolean answered,
        long lastUsed) {
    /** Nanoseconds that the client has waited for the server in this exchange, and for nobody else. */
    public long waitedUntil(long now) {
        long since = insideWrite ? writeBegunAt : Math.max(readBegunAt, begunAt);
        return insideWrite || insideRead ? waited + Math.max(0, now - since) : waited;
    }
}
