package dev.penstock.budget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something in a plan or a workload that is refused: it names the field, the rule it breaks, and the value it had. */
public final class InvalidBudgetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Characters of a text: longer ones are no name. */
    private static final int SHOWN = 200;

    private final String field;
    private final String rule;
    private final String value;

    /**
     * @param field path within what is being made, for example {@code replicas.maximum}
     * @param rule what it must be, for example {@code must be between 1 and 1000000}
     * @param value what it was
     */
    public InvalidBudgetException(String field, String rule, @Nullable Object value) {
        this(field, rule, value instanceof String text ? quoted(text) : String.valueOf(value));
    }

    private InvalidBudgetException(String field, String rule, String shown) {
        super(field + " " + rule + ", but was " + shown);
        this.field = field;
        this.rule = rule;
        this.value = shown;
    }

    /** What would break the line, or change what a terminal shows, is written as in Java. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars()
                .limit(SHOWN)
                .forEach(character -> quoted.append(
                        Character.isISOControl(character) || Character.isSurrogate((char) character)
                                ? String.format(Locale.ROOT, "\\u%04x", character)
                                : String.valueOf((char) character)));
        return quoted.append(text.length() > SHOWN ? "...'" : "'").toString();
    }

    /** The same, of a part of something larger: for whoever reads a file and knows where in it the part stands. */
    public InvalidBudgetException inside(String owner) {
        InvalidBudgetException outer = new InvalidBudgetException(owner + "." + field, rule, value);
        outer.initCause(this);
        return outer;
    }

    /** Path of the refused field. */
    public String field() {
        return field;
    }

    /** What it must be, as a sentence that continues the name of the field. */
    public String rule() {
        return rule;
    }

    /** What it was, a text in quotation marks. */
    public String value() {
        return value;
    }
}
