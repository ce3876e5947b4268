package dev.penstock.internal.failure;

import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that goes into messages and logs.
 *
 * <p>When in doubt it masks too much: nobody can take a password back out of a log. In a URL a value
 * goes on to the next {@code &} or to the end; in prose, where a URL may stand in the middle, to the
 * next {@code &} or to the end of the line.
 */
public final class Masking {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    /** Letters only: names are compared without their dots, dashes and underscores. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|pwd|secret|token|passphrase|credential|apikey|(socket)?factoryarg|executorarg");

    /** The look-behind starts a match at the beginning of a name only, which keeps long texts cheap. */
    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w.%-])([\\w.%-]++)(\\s*+=)");

    private static final Pattern VALUE_IN_URL = Pattern.compile("[^&]*+");

    /** A value that is masked already stays as it is, so that masking a report twice loses nothing. */
    private static final Pattern VALUE_IN_PROSE = Pattern.compile("\\*\\*\\*(?=[\\s,&}\\])]|$)|[^&\\r\\n]*+");

    private static final int MOST_PASSES = 10;

    private Masking() {}

    /** The text without its secrets; empty for null. Never throws; masking twice changes nothing. */
    public static String mask(@Nullable String text) {
        if (text == null) {
            return "";
        }
        // what one pass leaves may look like a secret to the next: until nothing does
        String masked = maskOnce(text);
        for (int pass = 1; pass < MOST_PASSES; pass++) {
            String again = maskOnce(masked);
            if (again.equals(masked)) {
                break;
            }
            masked = again;
        }
        return masked;
    }

    private static String maskOnce(String text) {
        return text.startsWith("jdbc:") ? maskUrl(text) : maskParameters(UserInfo.mask(text, false), VALUE_IN_PROSE);
    }

    /** The same for a text that is known to be a URL, or meant to be one, from its beginning to its end. */
    public static String maskUrl(String url) {
        return maskParameters(UserInfo.mask(url, true), VALUE_IN_URL);
    }

    /** All string properties, sorted, without their secrets: {@code password=***, user=app}. */
    public static String mask(Properties properties) {
        return new TreeSet<>(properties.stringPropertyNames())
                .stream()
                        .map(name -> name + "=" + maskValue(name, properties.getProperty(name)))
                        .collect(Collectors.joining(", "));
    }

    /** The value of one parameter, masked as a whole if the name says that it is a secret. */
    public static @Nullable String maskValue(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return isSecret(name) ? MASK : mask(value);
    }

    /** Whether a parameter of this name holds a secret. */
    public static boolean isSecret(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return SECRET_NAME.matcher(letters).find();
    }

    private static String maskParameters(String text, Pattern valuePattern) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher name = PARAMETER.matcher(text);
        Matcher value = valuePattern.matcher(text);
        int copied = 0;
        while (name.find(copied)) {
            masked.append(text, copied, name.end());
            copied = name.end();
            if (isSecret(name.group(1)) && value.region(copied, text.length()).lookingAt()) {
                masked.append(MASK);
                copied = value.end();
            }
        }
        return masked.append(text, copied, text.length()).toString();
    }
}
