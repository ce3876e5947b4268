package dev.penstock.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of packages as text: {@code org.flywaydb, liquibase}; {@code none} for no package. */
final class Packages {
    static final SettingType<List<String>> TYPE = new SettingType<>(
            "packages or none",
            Packages::parse,
            text -> "must be names of packages with commas between them, or none",
            packages -> packages.isEmpty() ? "none" : String.join(", ", packages));

    private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private Packages() {}

    static Rule<List<String>> areNames() {
        return new Rule<>(
                "must hold names of packages only",
                packages -> packages.stream().allMatch(Packages::isName));
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static @Nullable List<String> parse(String text) {
        if (text.equals("none")) {
            return List.of();
        }
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return names.stream().allMatch(Packages::isName) ? names : null;
    }
}
