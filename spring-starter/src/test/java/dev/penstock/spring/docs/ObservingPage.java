package dev.penstock.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/observing.md}, by its headings. */
public final class ObservingPage {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private ObservingPage() {}

    /** From a heading of the third level to the next of any. */
    public static String section(String heading) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "observing.md"));
        Matcher section = Pattern.compile("(?ms)^### " + Pattern.quote(heading) + "$.*?(?=^##+ |\\z)")
                .matcher(text);
        if (!section.find()) {
            throw new IllegalArgumentException("docs/observing.md has no section " + heading);
        }
        return section.group();
    }

    /** What stands as code in each row of a table. */
    public static List<List<String>> rowsOfCode(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line ->
                        CODE.matcher(line).results().map(code -> code.group(1)).toList())
                .toList();
    }
}
