package dev.penstock.spring.settings;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.settings.Setting;
import dev.penstock.internal.settings.Settings;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.settings.plan.DeclaredPlan;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The properties of one pool, and what comes of them. */
final class OfPool {
    private static final String IN_CODE = "Take the property out, and declare a bean of type"
            + " dev.penstock.spring.PenstockConfigCustomizer that sets it. What can be set, and to what, stands in"
            + " docs/settings.md.";

    private static final ConfigurationPropertyName EXEMPT = ConfigurationPropertyName.of(Settings.EXEMPT.key());

    /** What makes sense with a plan only, which a customizer may bring. */
    private static final Set<String> OF_THE_PLAN = Stream.of(
                    Settings.BUDGET_SERVICE, Settings.BUDGET_INSTANCE, Settings.BUDGET_CHECK)
            .map(Setting::fullKey)
            .collect(Collectors.toSet());

    private final Map<String, Property> found = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Optional<DeclaredPlan> plan;

    /**
     * Finds them.
     *
     * @param prefixes what their names begin with, the one that counts most first
     */
    OfPool(Properties properties, List<ConfigurationPropertyName> prefixes) {
        if (!properties.isEmpty()) {
            Named.all()
                    .forEach((name, setting) ->
                            first(properties, prefixes, name).ifPresent(property -> take(setting, property)));
        }
        this.plan = prefixes.stream()
                .flatMap(prefix -> DeclaredPlan.find(properties, prefix.append(Named.PLAN)).stream())
                .findFirst();
    }

    private static Optional<Property> first(
            Properties properties, List<ConfigurationPropertyName> prefixes, ConfigurationPropertyName name) {
        return prefixes.stream()
                .map(prefix -> prefix.append(name))
                .flatMap(full -> (name.equals(EXEMPT) ? properties.findList(full) : properties.find(full)).stream())
                .findFirst();
    }

    private void take(Setting<?> setting, Property property) {
        if (setting.equals(Settings.BUDGET_PLAN)) {
            return; // not a text
        }
        if (Named.isInCodeOnly(setting)) {
            throw property.refused("can be set in code only").advising(IN_CODE);
        }
        String text = Texts.of(setting.type(), property);
        if (setting.type().reader().apply(text) == null) {
            throw property.refused(setting.type().demand().apply(text));
        }
        found.put(setting.fullKey(), property);
        texts.put(setting.fullKey(), text);
    }

    /** Throws an {@link InvalidPropertyException} for what cannot be, whatever a customizer sets. */
    void checkAlone() {
        Map<String, String> alone = new LinkedHashMap<>(texts);
        alone.keySet().removeAll(OF_THE_PLAN);
        PenstockConfig unused = withProperties(PenstockConfig.defaults(), alone);
    }

    /**
     * The configuration of that bean.
     *
     * @param application name of it; the service of the plan, if that has one of this name and nothing else is set
     */
    PenstockConfig config(String bean, List<PenstockConfigCustomizer> customizers, String application) {
        PenstockConfig.Builder builder = withPlan(PenstockConfig.defaults()).toBuilder();
        customizers.forEach(customizer -> customizer.customize(bean, builder));
        PenstockConfig config = withProperties(withPlan(builder.build()), texts);
        return isService(config, application)
                ? config.withProperties(
                        Map.of(Settings.BUDGET_SERVICE.fullKey(), application), "spring.application.name")
                : config;
    }

    private PenstockConfig withPlan(PenstockConfig config) {
        return plan.map(declared -> config.toBuilder(declared.origin())
                        .budget(budget -> budget.plan(declared.plan()))
                        .build())
                .orElse(config);
    }

    private static boolean isService(PenstockConfig config, String application) {
        return config.originOf(Settings.BUDGET_SERVICE.fullKey()) == null
                && config.budget().plan() != null
                && config.budget().plan().services().stream()
                        .anyMatch(service -> service.name().equals(application));
    }

    private PenstockConfig withProperties(PenstockConfig config, Map<String, String> values) {
        try {
            return config.withProperties(values, key -> whereIs(key));
        } catch (InvalidSettingException e) {
            throw new Contradiction(found, config).told(e);
        }
    }

    private String whereIs(String key) {
        Property property = found.get(key);
        return property == null ? "properties" : property.where();
    }
}
