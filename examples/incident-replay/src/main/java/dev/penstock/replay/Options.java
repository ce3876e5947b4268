package dev.penstock.replay;

import java.util.List;

/**
 * How the replay was called.
 *
 * @param markdown whether the promises are printed once more, as a table for a README
 */
record Options(boolean markdown) {
    private static final String MARKDOWN_ARGUMENT = "--markdown";
    private static final String MARKDOWN_PROPERTY = "penstock.replay.markdown";

    /**
     * From arguments ({@code -Dexec.args=--markdown}) or system properties
     * ({@code -Dpenstock.replay.markdown}).
     */
    static Options of(String... arguments) {
        for (String argument : arguments) {
            if (!argument.equals(MARKDOWN_ARGUMENT)) {
                throw new IllegalArgumentException("argument must be " + MARKDOWN_ARGUMENT + ", but was " + argument);
            }
        }
        String property = System.getProperty(MARKDOWN_PROPERTY, "false");
        return new Options(List.of(arguments).contains(MARKDOWN_ARGUMENT) || !property.equals("false"));
    }
}
