package dev.penstock.budget;

/**
 * One line of a sum, so that a reader can check it with a pencil.
 *
 * @param name what is counted, for example the name of a service
 * @param formula how it comes about, for example {@code (6 + 2) replicas x 10}; empty if it is a number that was given
 * @param connections what it contributes; less than zero if it is taken away
 */
public record Term(String name, String formula, long connections) {
    /** A number that was given. */
    static Term given(String name, long connections) {
        return new Term(name, "", connections);
    }

    /** For example {@code checkout: (6 + 2) replicas x 10 = 80}. */
    @Override
    public String toString() {
        return name + ": " + (formula.isEmpty() ? "" : formula + " = ") + connections;
    }
}
