package dev.penstock.spring.settings.plan;

import dev.penstock.internal.settings.SettingKeys;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Fields that no plan has. */
public final class UnknownField {
    private UnknownField() {}

    /** Whether it is a field of the plan of this name. */
    public static boolean isKnown(ConfigurationPropertyName plan, ConfigurationPropertyName name) {
        return PlanFields.contains(name.subName(plan.getNumberOfElements()));
    }

    /** What is thrown for it. */
    public static InvalidPropertyException refused(ConfigurationPropertyName plan, Property property) {
        List<String> known = known(plan, property.name());
        String nearest = SettingKeys.nearest(property.name().toString(), known);
        return property.refused("is not a field of a plan"
                + (nearest == null ? "; fields are " + String.join(", ", known) : "; did you mean " + nearest + "?"));
    }

    /** Throws an {@link InvalidPropertyException} for the first of them. */
    static void check(Properties properties, ConfigurationPropertyName plan) {
        properties.below(plan).stream()
                .filter(name -> !isKnown(plan, name))
                .findFirst()
                .flatMap(properties::find)
                .ifPresent(property -> {
                    throw refused(plan, property);
                });
    }

    /** In the same element of a list. */
    private static List<String> known(ConfigurationPropertyName plan, ConfigurationPropertyName name) {
        String index = index(name);
        return PlanFields.all().stream()
                .map(field -> plan.append(field).toString())
                .map(field -> index == null ? field : field.replace("[0]", "[" + index + "]"))
                .toList();
    }

    private static @Nullable String index(ConfigurationPropertyName name) {
        for (int i = name.getNumberOfElements() - 1; i > 0; i--) {
            if (name.isNumericIndex(i)) {
                return name.getElement(i, Form.ORIGINAL);
            }
        }
        return null;
    }
}
