package dev.penstock.spring.settings;

import dev.penstock.internal.settings.SettingType;
import dev.penstock.spring.settings.source.Property;
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
            default -> throw property.refused("must be true or false");
        };
    }

    static int number(Property property, int least, int most) {
        try {
            int value = Integer.parseInt(property.text());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused like a number that is out of range
        }
        throw property.refused("must be a whole number from " + least + " to " + most);
    }

    /** Names with commas between them. */
    static Set<String> names(Property property) {
        List<String> names =
                Stream.of(property.text().split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw property.refused("must be names of beans with commas between them");
        }
        return names.stream().collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the library takes it: YAML reads {@code on} and {@code off} as true and false. */
    static String of(SettingType<?> type, Property property) {
        boolean isSwitch = property.value() instanceof Boolean && type.reader().apply("off") != null;
        return !isSwitch ? property.text() : property.text().equals("true") ? "on" : "off";
    }
}
