package dev.penstock;

/**
 * A listener that is also told of each borrow from a pool with a limit of {@code penstock.session.*}: of whoever manages
 * transactions, and knows how long they may take. Only listeners of the {@link PenstockConfig} are told, not those that
 * are added later.
 */
public interface BorrowListener extends PenstockListener {
    /**
     * A connection has been borrowed, and its borrower does not have it yet. In the borrower's thread: must be quick,
     * and must not use a connection.
     */
    void borrowed(TransactionLimit lease);
}
