package dev.penstock.internal.socket;

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
        boolean answered,
        long lastUsed) {}
