package dev.penstock.spring.settings;

import dev.penstock.spring.settings.Properties.Property;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of the starter's own properties, read as strictly as the library's: what is neither true nor false is refused. */
final class Texts {
    private Texts() {}

    static boolean bool(Property property) {
        return switch (property.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw property.refused("must be true or false", null);
        };
    }

    static int number(Property property, int least, int most) {
        String rule = "must be a whole number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(property.text());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw property.refused(rule, e);
        }
        throw property.refused(rule, null);
    }

    /** Names with commas between them. */
    static Set<String> names(Property property) {
        List<String> names =
                Stream.of(property.text().split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw property.refused("must be names of beans with commas between them", null);
        }
        return names.stream().collect(Collectors.toCollection(TreeSet::new));
    }
}
