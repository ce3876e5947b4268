package dev.penstock;

import org.jspecify.annotations.Nullable;

/** A setting that is refused: it names the setting, the rule it breaks, and the value it had. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String rule;
    private final String value;

    /**
     * @param setting full key, for example {@code penstock.connect.deadline}
     * @param rule what it must be, for example {@code must be greater than zero}
     * @param value what it was; callers mask secrets before they hand them in
     */
    public InvalidSettingException(String setting, String rule, @Nullable Object value) {
        super(setting + " " + rule + ", but was " + text(value));
        this.setting = setting;
        this.rule = rule;
        this.value = text(value);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    /** Full key of the refused setting. */
    public String setting() {
        return setting;
    }

    /** What it must be, for example {@code must be greater than zero}. */
    public String rule() {
        return rule;
    }

    /** What it was, for people: a text in quotes, {@code null} if there was none. */
    public String value() {
        return value;
    }
}
