package dev.penstock.internal.lease;

import dev.penstock.BorrowTerms;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What borrowers with terms of their own are held to. Views are few, and each asks with the same object: so it is
 * worked out once for each. Thread-safe.
 */
final class KnownTerms {
    /** More than that many views are made for one borrow each. */
    static final int MOST = 16;

    private final Function<BorrowTerms, Terms> working;

    /** The latest first; copied on write. Races do no harm: somebody works it out once more. */
    private volatile List<Known> known = List.of();

    private record Known(BorrowTerms asked, Terms terms) {}

    /** Worked out by this. */
    KnownTerms(Function<BorrowTerms, Terms> working) {
        this.working = working;
    }

    Terms of(BorrowTerms asked) {
        for (Known one : known) {
            if (one.asked == asked) {
                return one.terms;
            }
        }
        Terms terms = working.apply(asked);
        known = Stream.concat(Stream.of(new Known(asked, terms)), known.stream())
                .limit(MOST)
                .toList();
        return terms;
    }
}
