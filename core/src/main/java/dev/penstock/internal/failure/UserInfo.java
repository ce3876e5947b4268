package dev.penstock.internal.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks the password in {@code user:password@host}, with or without a {@code scheme://} before it.
 *
 * <p>pgjdbc knows no such form and takes it for a host name, which is how it ends up in messages.
 */
final class UserInfo {
    /** A user after {@code //}, where an IPv6 literal begins with a bracket. */
    private static final Pattern USER_IN_URL = Pattern.compile("//(?!\\[)[^/?@:\\s]*+:");

    /** What makes the colon that of a port: then only an {@code @} before the parameters is a user's. */
    private static final Pattern PORT = Pattern.compile("\\d{1,5}(?=[,/?\\s]|$)");

    private static final Pattern WITHOUT_SCHEME =
            Pattern.compile("(?<![\\w.%+$-])([\\w.%+$-]++):[^\\s/?]{1,4096}@(?=[\\w\\[])");

    private UserInfo() {}

    static String mask(String text, boolean isUrl) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        return maskWithoutScheme(maskUrls(text, isUrl));
    }

    private static String maskUrls(String text, boolean isUrl) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher user = USER_IN_URL.matcher(text);
        int copied = 0;
        while (user.find(copied)) {
            masked.append(text, copied, user.end());
            copied = user.end();
            int at = endOfPassword(text, copied, isUrl ? text.length() : endOfWord(text, copied));
            if (at >= 0) {
                masked.append(Masking.MASK);
                copied = at;
            }
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** Where the {@code @} stands that ends the password, or -1 if there is no password. */
    private static int endOfPassword(String text, int from, int end) {
        boolean port = PORT.matcher(text).region(from, end).lookingAt();
        int parameters = text.indexOf('?', from);
        int last = port && parameters >= 0 && parameters < end ? parameters : end;
        int at = text.lastIndexOf('@', last - 1);
        return at >= from ? at : -1;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String maskWithoutScheme(String text) {
        return WITHOUT_SCHEME.matcher(text).replaceAll("$1:" + Matcher.quoteReplacement(Masking.MASK) + "@");
    }
}
