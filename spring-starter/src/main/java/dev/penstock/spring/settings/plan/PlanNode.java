package dev.penstock.spring.settings.plan;

import dev.penstock.budget.InvalidBudgetException;
import dev.penstock.spring.settings.source.Dashed;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A part of a plan that has fields. Every method throws {@link InvalidPropertyException} for what cannot be.
 *
 * @param properties where the fields are
 * @param name of the part
 */
record PlanNode(Properties properties, ConfigurationPropertyName name) {
    /** No bound of a plan is larger. */
    private static final int MOST = 1_000_000_000;

    private static final String DIGITS = "-?(0|[1-9][0-9]{0,9})";

    PlanNode part(String field) {
        return new PlanNode(properties, at(field));
    }

    boolean isGiven() {
        return properties.has(name);
    }

    /** What a part is made to, if it is given. */
    <T> T part(String field, T otherwise, Function<PlanNode, T> read) {
        PlanNode part = part(field);
        return part.isGiven() ? read.apply(part) : otherwise;
    }

    /** The elements of a list; it comes as a whole from one source. */
    <T> List<T> list(String field, Function<PlanNode, T> read) {
        List<T> list = new ArrayList<>();
        properties.withList(at(field)).ifPresent(source -> {
            PlanNode element = new PlanNode(source, Properties.at(at(field), 0));
            while (element.isGiven()) {
                list.add(read.apply(element));
                element = new PlanNode(source, Properties.at(at(field), list.size()));
            }
        });
        return list;
    }

    // ---- values -----------------------------------------------------------------------------------

    Optional<Property> find(String field) {
        return properties.find(at(field));
    }

    Property required(String field) {
        return find(field)
                .orElseThrow(
                        () -> new InvalidPropertyException(at(field).toString(), "must be given", "nothing", origin()));
    }

    /** What YAML takes for something else than text may not be what was meant: {@code on} is true, 007 is 7. */
    String text(String field) {
        Property property = required(field);
        if (!(property.value() instanceof CharSequence)) {
            throw property.refused("must be a text; in YAML put it in quotation marks");
        }
        return property.text();
    }

    @Nullable String textOrNull(String field) {
        return find(field).isPresent() ? text(field) : null;
    }

    int number(String field) {
        return number(required(field), "");
    }

    int number(String field, int otherwise) {
        return find(field).map(property -> number(property, "")).orElse(otherwise);
    }

    /** A number, or a word for one. */
    int number(String field, String word, int meaning) {
        return find(field)
                .map(property -> property.text().equals(word) ? meaning : number(property, ", or " + word))
                .orElse(meaning);
    }

    static int number(Property property, String or) {
        String text = property.text();
        if (!text.matches(DIGITS) || Math.abs(Long.parseLong(text)) > MOST) {
            throw property.refused("must be a whole number, at most " + MOST + or);
        }
        return Integer.parseInt(text);
    }

    /** Two numbers of which either says too little without the other. */
    void together(String one, String other) {
        if (find(one).isPresent() != find(other).isPresent()) {
            required(find(one).isPresent() ? other : one);
        }
    }

    // ---- what becomes of them ---------------------------------------------------------------------

    /** Makes something of one value. */
    static <T> T make(Property of, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (InvalidBudgetException refused) {
            throw of.refused(refused.rule());
        }
    }

    /** Makes something of the fields. */
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (InvalidBudgetException refused) {
            throw refused(refused);
        }
    }

    private InvalidPropertyException refused(InvalidBudgetException refused) {
        ConfigurationPropertyName field = ConfigurationPropertyName.ofIfValid(name + "." + Dashed.of(refused.field()));
        Optional<Property> property = field == null ? Optional.empty() : properties.find(field);
        return property.map(one -> one.refused(refused.rule()))
                .orElseGet(() -> field == null
                        ? of(name, refused.field() + " " + refused.rule(), refused)
                        : of(field, refused.rule(), refused));
    }

    /** A sum of several fields, or one that was left to its default. */
    private InvalidPropertyException of(ConfigurationPropertyName at, String rule, InvalidBudgetException refused) {
        return new InvalidPropertyException(at.toString(), rule, refused.value(), origin());
    }

    /** Where any of the fields stands, or of what this is a part of. */
    private @Nullable String origin() {
        return Stream.iterate(name, part -> !part.isEmpty(), ConfigurationPropertyName::getParent)
                .flatMap(part -> properties.below(part).stream())
                .flatMap(field -> properties.find(field).stream())
                .findFirst()
                .map(Property::origin)
                .orElse(null);
    }

    private ConfigurationPropertyName at(String field) {
        return name.append(Dashed.of(field));
    }
}
