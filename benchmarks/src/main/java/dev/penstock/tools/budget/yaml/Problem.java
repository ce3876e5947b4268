package dev.penstock.tools.budget.yaml;

/**
 * What is wrong, and where.
 *
 * @param line from 1 on
 * @param column from 1 on
 * @param message field, rule and value
 */
public record Problem(int line, int column, String message) {
    /** What a file says is shown up to here. */
    private static final int LONGEST = 500;

    /** Without characters that a terminal would obey. */
    public Problem {
        StringBuilder shown = new StringBuilder();
        message.chars().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        message = message.length() > LONGEST ? shown.append("...").toString() : shown.toString();
    }
}
