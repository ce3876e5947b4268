package dev.penstock.budget;

import java.util.List;

/**
 * What is asked for at one moment, next to what there is.
 *
 * @param terms one for each service, tier and fixed client
 * @param usable how many connections there are
 * @param percent of them, from which on more is {@link Verdict#TIGHT}
 */
public record Moment(List<Term> terms, long usable, int percent) {
    /** Copies the list. */
    public Moment {
        terms = List.copyOf(terms);
    }

    /** The sum of the terms. */
    public long demand() {
        return terms.stream().mapToLong(Term::connections).sum();
    }

    /** How many are left; less than zero if there are too few. */
    public long free() {
        return usable - demand();
    }

    /** The most that is not yet tight. */
    public long threshold() {
        return Verdict.share(usable, percent);
    }

    /** Whether it fits. */
    public Verdict verdict() {
        return Verdict.of(demand(), usable, percent);
    }

    /** For example {@code 45 of 97, tight above 77: FITS}. */
    @Override
    public String toString() {
        return demand() + " of " + usable + ", tight above " + threshold() + ": " + verdict();
    }
}
