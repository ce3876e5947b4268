package dev.penstock.spring.settings.source;

import dev.penstock.internal.failure.Masking;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A property as it is set.
 *
 * @param name as Spring's documentation writes it
 * @param value as it stands there: a text, or what YAML makes of it
 * @param text the same with placeholders replaced
 * @param origin where it stands; null if that is not known
 */
public record Property(
        ConfigurationPropertyName name,
        Object value,
        String text,
        @Nullable String origin) {
    private static final int SHOWN = 200;

    /** Where it stands, for people. */
    public String where() {
        return origin == null ? "properties" : origin;
    }

    /** What is thrown if it is not what it must be. */
    public InvalidPropertyException refused(String rule) {
        return new InvalidPropertyException(name.toString(), rule, quoted(), origin);
    }

    /**
     * In quotation marks, and whence it came if a placeholder was replaced. Nobody knows what an unknown property
     * holds, nor what a placeholder stands for: it may be a password.
     */
    private String quoted() {
        String raw = String.valueOf(value);
        boolean secret = Masking.isSecret(name.toString()) || (!raw.equals(text) && Masking.isSecret(raw));
        String shown = secret ? "'" + Masking.MASK + "'" : quoted(text);
        return raw.equals(text) || Masking.isSecret(name.toString()) ? shown : shown + ", from " + quoted(raw);
    }

    /** One line that does nothing to a terminal. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        Masking.mask(text)
                .codePoints()
                .limit(SHOWN)
                .forEach(character -> quoted.append(
                        isPrinted(character)
                                ? Character.toString(character)
                                : String.format(Locale.ROOT, "\\u%04x", character)));
        return quoted.append(text.codePointCount(0, text.length()) > SHOWN ? "...'" : "'")
                .toString();
    }

    private static boolean isPrinted(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
