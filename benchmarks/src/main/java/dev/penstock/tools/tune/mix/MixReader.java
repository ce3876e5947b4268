package dev.penstock.tools.tune.mix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mix from text such as
 *
 * <pre>{@code
 * -- name: find-order, weight: 9
 * select * from orders where id = :int(1, 100000);
 *
 * -- name: place-order, weight: 1
 * begin;
 * insert into orders (customer, note) values (:int(1, 5000), :text(20));
 * update customers set orders = orders + 1 where id = :int(1, 5000);
 * commit;
 * }</pre>
 *
 * <p>Each statement ends with a semicolon and is a unit of work by itself, in autocommit; those between {@code begin}
 * and {@code commit} are one together, in one transaction on one connection. A comment line with a name may stand before
 * a unit; without one it is called after its line, and without a weight that is 1. {@code :int(least, most)} and {@code
 * :text(length)} are drawn anew for each execution and bound as parameters, never put into the text.
 */
public final class MixReader {
    private static final Pattern HEADER =
            Pattern.compile("--\\s*name\\s*:\\s*([^,]*?)\\s*(?:,\\s*weight\\s*:\\s*([^,]*?)\\s*)?");

    private static final Pattern WEIGHT = Pattern.compile("[1-9]\\d{0,5}");
    private static final Pattern BEGIN = Pattern.compile("begin(\\s+(work|transaction))?|start\\s+transaction");
    private static final Pattern COMMIT = Pattern.compile("(commit|end)(\\s+(work|transaction))?");
    private static final Pattern CONTROL =
            Pattern.compile("(begin|start|commit|end|rollback|abort|prepare\\s+transaction)\\b.*", Pattern.DOTALL);
    private static final Pattern ROLLBACK_TO = Pattern.compile("rollback\\s.*\\bto\\b.*", Pattern.DOTALL);

    private final String mix;
    private final List<WorkUnit> units = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** What began a transaction that has not ended. */
    private Scanner.@Nullable Part opened;

    private List<MixStatement> group = new ArrayList<>();

    private MixReader(String mix) {
        this.mix = mix;
    }

    /**
     * All of it.
     *
     * @param name for people, and for what is wrong: that of the file
     * @throws BadMixException with the line that is wrong
     */
    public static Mix read(String name, String text) throws BadMixException {
        MixReader reader = new MixReader(name);
        for (Scanner.Part part : Scanner.scan(name, text)) {
            reader.take(part);
        }
        Scanner.Part left = reader.opened;
        if (left != null) {
            throw reader.bad(left, "'begin' must be followed by 'commit', but is not");
        }
        if (reader.units.isEmpty()) {
            throw new BadMixException(name, 1, "a mix must have at least one statement, but has none", null);
        }
        return new Mix(name, reader.units);
    }

    private void take(Scanner.Part part) throws BadMixException {
        String text = part.statement().sql().toLowerCase(Locale.ROOT);
        if (BEGIN.matcher(text).matches()) {
            open(part);
        } else if (COMMIT.matcher(text).matches()) {
            close(part);
        } else if (CONTROL.matcher(text).matches() && !ROLLBACK_TO.matcher(text).matches()) {
            throw bad(part, "a transaction must be 'begin; ... commit;', but this is '" + firstLine(text) + "'");
        } else if (opened == null) {
            add(part, false, List.of(part.statement()));
        } else if (part.header() != null) {
            throw bad(part, "the name of a transaction must stand before its 'begin', but this one stands in it");
        } else {
            group.add(part.statement());
        }
    }

    private void open(Scanner.Part part) throws BadMixException {
        if (opened != null) {
            throw bad(part, "'begin' must not stand in a transaction, but this one does");
        }
        opened = part;
    }

    private void close(Scanner.Part part) throws BadMixException {
        Scanner.Part begun = opened;
        if (begun == null || part.header() != null) {
            throw bad(part, "'commit' must end what 'begin' has begun, but this one does not");
        }
        if (group.isEmpty()) {
            throw bad(begun, "a transaction must have a statement, but has none");
        }
        add(begun, true, group);
        opened = null;
        group = new ArrayList<>();
    }

    private void add(Scanner.Part first, boolean transaction, List<MixStatement> statements) throws BadMixException {
        int line = first.statement().line();
        String name = "line " + line;
        int weight = 1;
        String header = first.header();
        if (header != null) {
            Matcher form = HEADER.matcher(header);
            if (!form.matches() || form.group(1).isEmpty()) {
                throw badHeader(first, "must look like '-- name: find-order, weight: 9'", header);
            }
            name = form.group(1);
            weight = weight(first, form.group(2));
        }
        if (!names.add(name)) {
            throw badHeader(first, "must not be there twice", "'" + name + "'");
        }
        units.add(new WorkUnit(name, weight, line, transaction, statements));
    }

    private int weight(Scanner.Part part, @Nullable String text) throws BadMixException {
        if (text == null) {
            return 1;
        }
        if (!WEIGHT.matcher(text).matches()) {
            throw badHeader(part, "must have a weight from 1 to 999999", "'" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private BadMixException bad(Scanner.Part part, String what) {
        return new BadMixException(mix, part.statement().line(), what, null);
    }

    private BadMixException badHeader(Scanner.Part part, String rule, String value) {
        return new BadMixException(mix, part.headerLine(), "a name " + rule + ", but was " + value, null);
    }
}
