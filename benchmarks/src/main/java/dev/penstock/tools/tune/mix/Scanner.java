package dev.penstock.tools.tune.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into statements. Quotes, dollar quotes and comments are those of PostgreSQL: what is in them is no end of
 * a statement and no parameter. Not thread-safe.
 */
final class Scanner {
    /**
     * Everything that is not one ordinary character. A doubled quote ends one literal and begins the next, which comes to
     * the same. Groups are not repeated: in a long literal that would exhaust the stack.
     */
    private static final Pattern TOKEN = Pattern.compile("""
            (?<line>--[^\\n]*)
            |(?<block>/\\*)
            |(?<escapes>\\b[eE]')
            |(?<quoted>'[^']*+'|"[^"]*+")
            |(?<dollar>(?<![\\w$])\\$(?<tag>[A-Za-z_]\\w*+)?+\\$.*?\\$\\k<tag>\\$|(?<![\\w$])\\$\\$.*?\\$\\$)
            |(?<cast>::)
            |(?<parameter>:[A-Za-z_]+\\([^()]*\\)?)
            |(?<mark>\\?)
            |(?<end>;)
            """, Pattern.COMMENTS | Pattern.DOTALL);

    private static final Pattern HEADER = Pattern.compile("--\\s*name\\s*:.*", Pattern.DOTALL);

    /**
     * What stands up to a semicolon.
     *
     * @param header the comment line with a name before it; null: none
     * @param headerLine where that stands
     */
    record Part(MixStatement statement, @Nullable String header, int headerLine) {}

    private final String mix;
    private final String text;
    private final List<Part> parts = new ArrayList<>();

    private StringBuilder sql = new StringBuilder();
    private List<Parameter> parameters = new ArrayList<>();
    private @Nullable String header;
    private int headerLine;
    private int begin = -1;

    private Scanner(String mix, String text) {
        this.mix = mix;
        this.text = text;
    }

    static List<Part> scan(String mix, String text) throws BadMixException {
        Scanner scanner = new Scanner(mix, text);
        scanner.all();
        return scanner.parts;
    }

    private void all() throws BadMixException {
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (token.find(at)) {
            plain(at, token.start());
            at = end(token);
            take(token, text.substring(token.start(), at));
        }
        plain(at, text.length());
        if (begin >= 0) {
            throw bad(begin, "a statement must end with ';', but this one does not");
        }
        if (header != null) {
            throw new BadMixException(mix, headerLine, "a name must stand before a statement, but none follows", null);
        }
    }

    private void plain(int from, int to) {
        for (int i = from; i < to && begin < 0; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                begin = i;
            }
        }
        sql.append(text, from, to);
    }

    private int end(Matcher token) throws BadMixException {
        if (token.group("block") != null) {
            return endOfBlock(token.start());
        }
        return token.group("escapes") == null ? token.end() : endOfEscapes(token.end());
    }

    private void take(Matcher token, String found) throws BadMixException {
        if (token.group("line") != null) {
            comment(found, token.start());
        } else if (token.group("block") != null) {
            sql.append(' ');
        } else if (token.group("end") != null) {
            end(token.start());
        } else {
            begin = begin < 0 ? token.start() : begin;
            sql.append(inside(token, found));
        }
    }

    private String inside(Matcher token, String found) throws BadMixException {
        if (token.group("mark") != null) {
            return "??"; // an operator of PostgreSQL's, which would be a parameter to JDBC
        }
        if (token.group("parameter") == null) {
            return found;
        }
        try {
            Matcher form = ParameterReader.FORM.matcher(found);
            boolean unused = form.matches();
            parameters.add(ParameterReader.read(form));
            return "?";
        } catch (IllegalArgumentException e) {
            throw bad(token.start(), Optional.ofNullable(e.getMessage()).orElse("a parameter is wrong"));
        }
    }

    private void comment(String found, int at) throws BadMixException {
        sql.append(' ');
        if (!HEADER.matcher(found).matches()) {
            return;
        }
        if (begin >= 0) {
            throw bad(
                    at, "a name must stand before a statement, but the one of line " + line(begin) + " has no ';' yet");
        }
        if (header != null) {
            throw bad(at, "a name must stand before a statement, but another name stands before this one");
        }
        header = found.strip();
        headerLine = line(at);
    }

    private void end(int at) throws BadMixException {
        if (begin < 0) {
            throw bad(at, "a statement must not be empty");
        }
        parts.add(new Part(new MixStatement(line(begin), sql.toString().strip(), parameters), header, headerLine));
        sql = new StringBuilder();
        parameters = new ArrayList<>();
        header = null;
        begin = -1;
    }

    /** Comments nest in PostgreSQL. */
    private int endOfBlock(int start) throws BadMixException {
        int depth = 0;
        for (int i = start; i + 1 < text.length(); i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        throw bad(start, "a comment must end with */, but this one does not");
    }

    /** Of a literal with backslashes; one that is not closed goes on to the end. */
    private int endOfEscapes(int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.startsWith("''", i) || text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '\'') {
                return i + 1;
            }
        }
        return text.length();
    }

    private int line(int position) {
        return 1
                + Math.toIntExact(text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count());
    }

    private BadMixException bad(int position, String what) {
        return new BadMixException(mix, line(position), what, null);
    }
}
