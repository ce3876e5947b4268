package dev.penstock.spring.settings.plan;

import dev.penstock.budget.Plan;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A plan, and where it stands.
 *
 * @param plan what was declared
 * @param origin of the location, or of what {@code max_connections} is
 */
public record DeclaredPlan(Plan plan, String origin) {
    /**
     * The plan of this name: the location of a file, or fields.
     *
     * @throws dev.penstock.spring.settings.source.InvalidPropertyException if it is no plan
     */
    public static Optional<DeclaredPlan> find(Properties properties, ConfigurationPropertyName name) {
        PlanNode fields = new PlanNode(properties, name);
        if (!fields.isGiven()) {
            return Optional.empty();
        }
        Optional<Property> location = properties.find(name);
        if (location.isEmpty()) {
            String origin = fields.part("server").required("maxConnections").where();
            return Optional.of(new DeclaredPlan(PlanReader.plan(fields), origin));
        }
        return location.map(property -> {
            refuseFields(properties, property);
            return new DeclaredPlan(PlanReader.plan(PlanFile.read(property, properties)), property.where());
        });
    }

    /** Which of the two counts would be anybody's guess. */
    private static void refuseFields(Properties properties, Property location) {
        properties.below(location.name()).stream()
                .findFirst()
                .flatMap(properties::find)
                .ifPresent(field -> {
                    throw field.refused(
                            "must not be set beside a plan file, " + location.name() + "=" + location.text());
                });
    }
}
