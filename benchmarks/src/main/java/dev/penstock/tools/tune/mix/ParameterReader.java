package dev.penstock.tools.tune.mix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code :int(1, 100000)} and the like. */
final class ParameterReader {
    /** Only what has a parenthesis at once, so that slices of arrays stay what they are. */
    static final Pattern FORM = Pattern.compile(":([A-Za-z_]+)\\(([^()]*)\\)?");

    private static final Pattern RANGE = Pattern.compile("\\s*(-?\\d{1,18})\\s*,\\s*(-?\\d{1,18})\\s*");
    private static final Pattern LENGTH = Pattern.compile("\\s*(\\d{1,5})\\s*");
    private static final int LONGEST = 10_000;

    private ParameterReader() {}

    /** Throws what is wrong with it. */
    static Parameter read(Matcher found) {
        String shown = found.group();
        require(shown, "must end with ')'", shown.endsWith(")"));
        return switch (found.group(1)) {
            case "int" -> wholeNumber(shown, RANGE.matcher(found.group(2)));
            case "text" -> text(shown, LENGTH.matcher(found.group(2)));
            default -> throw refused(shown, "must be :int(least, most) or :text(length)");
        };
    }

    private static Parameter wholeNumber(String shown, Matcher range) {
        require(shown, "must have two whole numbers of at most 18 digits, such as :int(1, 100000)", range.matches());
        long least = Long.parseLong(range.group(1));
        long most = Long.parseLong(range.group(2));
        require(shown, "must have the smaller number first", least <= most);
        return new Parameter.WholeNumber(least, most);
    }

    private static Parameter text(String shown, Matcher length) {
        boolean kept = length.matches() && Integer.parseInt(length.group(1)) <= LONGEST;
        require(shown, "must have a length from 0 to " + LONGEST + ", such as :text(8)", kept);
        return new Parameter.Text(Integer.parseInt(length.group(1)));
    }

    private static void require(String shown, String rule, boolean kept) {
        if (!kept) {
            throw refused(shown, rule);
        }
    }

    private static IllegalArgumentException refused(String shown, String rule) {
        return new IllegalArgumentException("a parameter " + rule + ", but was " + shown);
    }
}
