package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.internal.settings.Setting;
import dev.penstock.spring.settings.plan.PlanFields;
import dev.penstock.spring.settings.source.Dashed;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Any text for any property binds, or is refused with a text for people; nothing else ever comes of it. */
class SettingsFuzzProperties {
    private static final List<FailureAnalyzer> ANALYZERS = SpringFactoriesLoader.forDefaultResourceLocation(
                    SpringApplication.class.getClassLoader())
            .load(FailureAnalyzer.class, null, FailureHandler.handleMessage((message, failure) -> {}));

    // ---- what is given ----------------------------------------------------------------------------

    @Provide
    Arbitrary<String> names() {
        List<String> names = new ArrayList<>();
        Named.all().keySet().forEach(name -> {
            names.add("penstock." + name);
            names.add("penstock.pools.ds." + name);
            names.add("penstock.pools[my.ds]." + name);
        });
        StarterSettings.names().forEach(name -> names.add("penstock." + name));
        StarterSettings.lists().forEach(name -> names.add("penstock." + name + "[0]"));
        PlanFields.all().forEach(field -> {
            names.add("penstock.budget.plan." + field);
            names.add("penstock.pools.ds.budget.plan." + field.toString().replace("[0]", "[1]"));
        });
        names.add("penstock.session.exempt[0]");
        return Arbitraries.of(names);
    }

    @Provide
    Arbitrary<String> junk() {
        Arbitrary<String> part = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("abz019-_[]. ${}#:/\\\u00e4\u6570\n\u0000A")
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.of(
                        "connect", "deadline", "pools", "[0]", "[99999999999]", "ds", "budget", "plan", "services[0]"));
        Arbitrary<String> anywhere = part.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join(".", parts));
        return Arbitraries.oneOf(
                        anywhere,
                        anywhere.map(junk -> "budget.plan." + junk),
                        anywhere.map(junk -> "budget.plan.services[0]." + junk),
                        anywhere.map(junk -> "pools." + junk + ".connect.deadline"),
                        anywhere.map(junk -> "pools.ds." + junk))
                .map(name -> "penstock." + name);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> texts = Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(40),
                        Arbitraries.strings().withChars("0123456789smhPT.-+ ").ofMaxLength(12),
                        Arbitraries.strings().withChars("${}#:a\\,").ofMaxLength(12),
                        Arbitraries.of(
                                "",
                                " ",
                                "true",
                                "false",
                                "on",
                                "5s",
                                "0s",
                                "PT5S",
                                "1",
                                "0",
                                "-1",
                                "99999999999999999999",
                                "after(10m)",
                                "after(",
                                "none",
                                "all",
                                "a, b",
                                "a,,b",
                                "${GONE}",
                                "${penstock.connect.deadline}",
                                "${a:${b:5s}}",
                                "#{T(java.lang.Runtime)}",
                                "5s\n6s",
                                "\u202e5s",
                                "\uD800",
                                "classpath:",
                                "classpath:nowhere.yaml",
                                "classpath:dev/penstock/spring/shop.yaml",
                                "file:",
                                "file:/",
                                "file://x",
                                "web",
                                "25%",
                                "blue-green",
                                "jdbc:postgresql://a:b@c/d?password=e"))
                .map(text -> text);
        Arbitrary<Object> typed = Arbitraries.of(
                true, false, 0, 5, -1, Long.MAX_VALUE, 1.5, Double.NaN, List.of(), List.of("a", "b"), List.of(1), 'c');
        return Arbitraries.frequencyOf(Tuple.of(4, texts), Tuple.of(1, typed));
    }

    // ---- what comes of it -------------------------------------------------------------------------

    @Property(tries = 500)
    void anyTextForAnyPropertyBindsOrIsRefusedForPeople(
            @ForAll("names") String name, @ForAll("values") Object value, @ForAll("names") String other) {
        bindsOrIsRefused(Map.of(name, value), Set.of(name));
        if (!other.equals(name)) {
            bindsOrIsRefused(Map.of(name, value, other, "5s"), Set.of(name, other));
        }
    }

    @Property
    void andSoDoesAnythingElseBelowPenstock(@ForAll("junk") String name, @ForAll("values") Object value) {
        bindsOrIsRefused(Map.of(name, value), Set.of());
    }

    @Provide
    Arbitrary<Setting<?>> settings() {
        return Arbitraries.of(Named.all().values().stream()
                .filter(setting -> setting.type().reader().apply(setting.defaultText()) != null)
                .filter(setting -> !setting.key().startsWith("budget."))
                .toList());
    }

    /** Also where it is what it would be anyway. */
    @Property(tries = 200)
    void whatIsAllowedBinds(@ForAll("settings") Setting<?> setting, @ForAll boolean ofPool, @ForAll boolean dashed) {
        String key = dashed ? Dashed.of(setting.key()) : setting.key();
        String name = (ofPool ? "penstock.pools.ds." : "penstock.") + key;

        PenstockConfig config =
                Env.empty().andMap(Map.of(name, setting.defaultText())).configOf("ds");

        assertThat(config.originOf(setting.fullKey())).isEqualTo("\"" + name + "\" from property source \"map\"");
    }

    @Property(tries = 300)
    void beforeAWholePlanToo(@ForAll("names") String name, @ForAll("values") Object value) {
        List<String> plan = List.of(
                "penstock.budget.plan.server.max-connections=100",
                "penstock.budget.plan.services[0].name=web",
                "penstock.budget.plan.services[0].replicas=4",
                "penstock.budget.plan.services[0].pool-size=10");
        check(Env.empty().andMap(Map.of(name, value)).andProperties(plan.toArray(String[]::new)), Map.of(), Set.of());
    }

    private static void bindsOrIsRefused(Map<String, Object> properties, Set<String> named) {
        check(Env.empty().andMap(properties), properties, named);
    }

    private static void check(Env env, Map<String, Object> properties, Set<String> named) {
        try {
            for (String bean : List.of("ds", "my.ds")) {
                PenstockConfig config = env.configOf(bean);
                properties.keySet().forEach(name -> isSetByIt(config, name, bean));
            }
            env.settings().checkPools(Set.of("ds", "my.ds"));
            Statistics.collect("binds");
        } catch (InvalidPropertyException refused) {
            isForPeople(refused, named);
            Statistics.collect("is refused");
        }
        // neither of the two is an accident
        Statistics.coverage(of -> {
            of.check("binds").count(count -> count > 0);
            of.check("is refused").count(count -> count > 0);
        });
    }

    /** Whatever has bound says where it stands. */
    private static void isSetByIt(PenstockConfig config, String name, String bean) {
        config.settings().stream()
                .filter(setting -> Dashed.of(setting.key()).equals(name)
                        || ("penstock.pools." + bean + "."
                                        + Dashed.of(setting.key()).substring("penstock.".length()))
                                .equals(name)
                        || ("penstock.pools[" + bean + "]."
                                        + Dashed.of(setting.key()).substring("penstock.".length()))
                                .equals(name))
                .forEach(setting -> assertThat(setting.origin())
                        .as(setting.key())
                        .isEqualTo("\"" + name + "\" from property source \"map\""));
    }

    private static void isForPeople(InvalidPropertyException refused, Set<String> named) {
        FailureAnalysis analysis = ANALYZERS.stream()
                .map(analyzer -> analyzer.analyze(new IllegalStateException("in a bean", refused)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to read", refused));
        assertThat(refused.property()).startsWith("penstock");
        assertThat(analysis.getDescription())
                .contains("Property: " + refused.property() + "\n")
                .contains("Reason: it ")
                .doesNotContain("Exception");
        assertThat(analysis.getAction()).isNotBlank();
        assertThat(refused.value()).doesNotContain("\n");
        if (!named.isEmpty()) {
            assertThat(named).anyMatch(name -> isAbout(refused.property(), name));
        }
    }

    /** Of an element of a list, or of a plan that is not whole, another part may be what is told. */
    private static boolean isAbout(String property, String name) {
        boolean ofPlan = name.contains(".budget.plan");
        return property.equals(name)
                || name.startsWith(property + "[")
                || (ofPlan && property.startsWith(name.substring(0, name.indexOf(".budget.plan") + 12)));
    }
}
