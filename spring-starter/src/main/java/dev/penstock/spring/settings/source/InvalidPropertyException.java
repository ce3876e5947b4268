package dev.penstock.spring.settings.source;

import org.jspecify.annotations.Nullable;

/**
 * A {@code penstock.*} property that is refused. The start fails with what {@code InvalidPropertyAnalyzer} makes of it.
 * Without a cause: that might quote a value that is a secret.
 */
public final class InvalidPropertyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final String CORRECT = "Correct the property, or take it out: what is not set has its default. What"
            + " can be set, and to what, stands in docs/settings.md; penstock.enabled=false starts the application"
            + " without Penstock.";

    private final String property;
    private final String rule;
    private final String value;
    private final @Nullable String origin;
    private final String advice;

    /** With the usual advice. */
    public InvalidPropertyException(String property, String rule, String value, @Nullable String origin) {
        this(property, rule, value, origin, CORRECT);
    }

    /**
     * @param property its name, for example {@code penstock.connect.deadline}
     * @param rule what it must be, for example {@code must be greater than zero}
     * @param value what it was, a text in quotation marks; secrets are masked before
     * @param origin where it stands; null if that is not known
     * @param advice what to do, in whole sentences
     */
    public InvalidPropertyException(
            String property, String rule, String value, @Nullable String origin, String advice) {
        super(property + " " + rule + ", but was " + value + (origin == null ? "" : " (" + origin + ")"));
        this.property = property;
        this.rule = rule;
        this.value = value;
        this.origin = origin;
        this.advice = advice;
    }

    /** The same with other advice. */
    public InvalidPropertyException advising(String other) {
        return new InvalidPropertyException(property, rule, value, origin, other);
    }

    /** Name of the property. */
    public String property() {
        return property;
    }

    /** What it must be. */
    public String rule() {
        return rule;
    }

    /** What it was. */
    public String value() {
        return value;
    }

    /** Where it stands; null if that is not known. */
    public @Nullable String origin() {
        return origin;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
