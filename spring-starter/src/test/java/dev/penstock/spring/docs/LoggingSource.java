package dev.penstock.spring.docs;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A source file, as far as it logs: by a constant LOG, or in one go; the text of a line is a literal.
 *
 * @param code what is in the file
 */
record LoggingSource(String code) {
    private static final Pattern LOGGER = Pattern.compile("LoggerFactory\\s*\\.getLogger\\(([^)]*)\\)");
    private static final Pattern OTHER_NAME = Pattern.compile("Logger\\s+(?!LOG\\b)\\w+\\s*=\\s*LoggerFactory");
    private static final Pattern CALL = Pattern.compile(
            "(?:\\bLOG|LoggerFactory\\s*\\.getLogger\\([^)]*\\))\\s*\\.(info|warn|error)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)*)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Call(String level, String logger, String text) {}

    /** In the order of the file; what is below INFO is left out. */
    List<Call> calls() {
        if (OTHER_NAME.matcher(code).find() || code.contains("LogFactory")) {
            throw new IllegalArgumentException("A logger must be SLF4J's and be called LOG: "
                    + code.lines().filter(line -> line.contains("Log")).toList());
        }
        return CALL.matcher(code).results().map(this::call).toList();
    }

    private Call call(MatchResult found) {
        String text = LITERAL.matcher(found.group(2))
                .results()
                .map(literal -> literal.group(1))
                .collect(Collectors.joining());
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The text of a line must be a literal: "
                    + code.substring(found.start(), Math.min(code.length(), found.end() + 20)));
        }
        return new Call(found.group(1).toUpperCase(Locale.ROOT), logger(), text);
    }

    private String logger() {
        Matcher made = LOGGER.matcher(code);
        if (!made.find()) {
            throw new IllegalArgumentException(
                    "No logger is made in " + code.lines().findFirst());
        }
        String name = made.group(1);
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : fullName(name.replace(".class", ""));
    }

    private String fullName(String type) {
        Matcher imported =
                Pattern.compile("(?m)^import ([\\w.]+\\." + type + ");").matcher(code);
        if (imported.find()) {
            return imported.group(1);
        }
        Matcher declared = Pattern.compile("(?m)^package ([\\w.]+);").matcher(code);
        return declared.find() ? declared.group(1) + "." + type : type;
    }
}
