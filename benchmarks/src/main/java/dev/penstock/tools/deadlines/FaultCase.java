package dev.penstock.tools.deadlines;

/**
 * One way in which a connect can go wrong.
 *
 * @param name for the table
 * @param clients how many connects at once; 0 for as many as the run's option says
 * @param expected how they must end
 * @param staging what has to be set up
 */
record FaultCase(String name, int clients, Expectation expected, Staging staging) {

    /** Sets a case up: fault, address, settings. Whatever it opens, it gives to {@link Stage#keep}. */
    @FunctionalInterface
    interface Staging {
        void set(Stage stage) throws Exception;
    }

    /** With the number of clients of the run. */
    static FaultCase of(String name, Expectation expected, Staging staging) {
        return new FaultCase(name, 0, expected, staging);
    }

    /** Many at once: such a case runs when no other does. */
    boolean isCrowd() {
        return clients > 0;
    }
}
