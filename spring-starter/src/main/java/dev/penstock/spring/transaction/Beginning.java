package dev.penstock.spring.transaction;

import dev.penstock.TransactionLimit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** What a transaction borrows while it begins: nobody can tell its timeout yet. Of one thread. */
final class Beginning {
    /** More than anybody borrows to begin: whoever does is not one that begins. */
    private static final int MOST = 16;

    private final List<TransactionLimit> borrowed = new ArrayList<>(1);

    /** Of another manager's transaction, which goes on meanwhile: Spring suspends nothing but synchronizations then. */
    private final List<Date> endsOfOthers = TimeLeft.ends().toList();

    void add(TransactionLimit lease) {
        if (borrowed.size() < MOST) {
            borrowed.add(lease);
        }
    }

    List<TransactionLimit> borrowed() {
        return borrowed;
    }

    List<Date> endsOfOthers() {
        return endsOfOthers;
    }
}
