package dev.penstock.spring.settings;

import org.jspecify.annotations.Nullable;

/** A {@code penstock.*} property that is refused. The start fails with what {@link InvalidPropertyAnalyzer} makes of it. */
public final class InvalidPropertyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String rule;
    private final String value;
    private final @Nullable String origin;

    /**
     * @param property its name, for example {@code penstock.connect.deadline}
     * @param rule what it must be, for example {@code must be greater than zero}
     * @param value what it was; secrets are masked before
     * @param origin where it stands; null if that is not known
     */
    public InvalidPropertyException(
            String property, String rule, String value, @Nullable String origin, @Nullable Throwable cause) {
        super(property + " " + rule + ", but was " + value + (origin == null ? "" : " (" + origin + ")"), cause);
        this.property = property;
        this.rule = rule;
        this.value = value;
        this.origin = origin;
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
}
