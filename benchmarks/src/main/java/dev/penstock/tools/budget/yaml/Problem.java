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

    /** At that index of a text, counted as editors do. */
    static Problem at(String text, int index, String message) {
        String[] lines = text.substring(0, index).split("\\r\\n|[\\r\\n]", -1);
        String last = lines[lines.length - 1];
        return new Problem(lines.length, last.codePointCount(0, last.length()) + 1, message);
    }

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
