package dev.penstock.spring.transaction;

import dev.penstock.TransactionLimit;
import java.util.ArrayList;
import java.util.List;

/** What a transaction borrows while it begins: nobody can tell its timeout yet. Of one thread. */
final class Beginning {
    /** More than anybody borrows to begin: whoever does is not one that begins. */
    private static final int MOST = 16;

    private final List<TransactionLimit> borrowed = new ArrayList<>(1);

    void add(TransactionLimit lease) {
        if (borrowed.size() < MOST) {
            borrowed.add(lease);
        }
    }

    List<TransactionLimit> borrowed() {
        return borrowed;
    }
}
