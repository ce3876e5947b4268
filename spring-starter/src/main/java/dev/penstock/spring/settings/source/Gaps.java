package dev.penstock.spring.settings.source;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Elements of lists with nothing before them: nobody would ever come to read them. */
public final class Gaps {
    private Gaps() {}

    /** Throws an {@link InvalidPropertyException} for the first such element. */
    public static void check(SortedSet<ConfigurationPropertyName> names, Properties properties) {
        Set<ConfigurationPropertyName> there = new HashSet<>();
        names.forEach(name -> {
            for (int length = 1; length <= name.getNumberOfElements(); length++) {
                there.add(name.chop(length));
            }
        });
        names.forEach(name -> missing(name, there)
                .ifPresent(missing -> properties.find(name).ifPresent(property -> {
                    throw property.refused("must not be there without " + missing);
                })));
    }

    private static Optional<ConfigurationPropertyName> missing(
            ConfigurationPropertyName name, Set<ConfigurationPropertyName> there) {
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            if (name.isNumericIndex(i)) {
                Optional<ConfigurationPropertyName> before = before(name.chop(i), name.getElement(i, Form.ORIGINAL));
                if (before.isPresent() && !there.contains(before.get())) {
                    return before;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ConfigurationPropertyName> before(ConfigurationPropertyName list, String index) {
        try {
            int position = Integer.parseInt(index);
            return position == 0 ? Optional.empty() : Optional.of(Properties.at(list, position - 1));
        } catch (NumberFormatException tooLarge) {
            return Optional.of(Properties.at(list, 0));
        }
    }
}
