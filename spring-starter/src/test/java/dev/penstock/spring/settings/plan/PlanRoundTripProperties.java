package dev.penstock.spring.settings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Memory;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Replicas;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.budget.ThreadUse;
import dev.penstock.budget.Thresholds;
import dev.penstock.spring.settings.Env;
import dev.penstock.spring.settings.source.Dashed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A plan that is written as properties, each component of its records under its own name, is read as the same plan. */
class PlanRoundTripProperties {
    @Provide
    Arbitrary<Plan> plans() {
        Arbitrary<ServerLimits> server = Combinators.combine(upTo(100), upTo(900), upTo(9), Arbitraries.of(true, false))
                .as((reserved, limit, few, memory) -> new ServerLimits(
                        1_000 + limit,
                        reserved,
                        few,
                        limit - 1,
                        limit / 2 - 1,
                        few,
                        new Headroom(few, reserved, limit),
                        memory ? new Memory(limit + 1, few + 1) : null));
        Arbitrary<Rollout> rollout = Arbitraries.oneOf(
                Arbitraries.of(Rollout.IN_PLACE, Rollout.BLUE_GREEN),
                upTo(9).map(Rollout::count),
                upTo(200).map(Rollout::perCent));
        Arbitrary<Service> service = Combinators.combine(rollout, upTo(9), upTo(99), Arbitraries.of(true, false))
                .as((renewed, few, many, via) -> new Service(
                        name("s", many),
                        new Replicas(few, few + many + 1),
                        renewed,
                        few + 1,
                        many + 1,
                        new ThreadUse(few + 1, 2),
                        new Share(few + 1, many + 1, 100 + many),
                        via ? "tier 0" : null));
        Arbitrary<BouncerTier> tier = Combinators.combine(rollout, upTo(9), upTo(99))
                .as((renewed, few, many) ->
                        new BouncerTier("tier", few + 1, renewed, few + 1, few + 1, many + 1, few, many, many + 1));
        Arbitrary<FixedClients> client = Combinators.combine(upTo(99), Arbitraries.of(true, false))
                .as((many, via) -> new FixedClients(name("c", many), many, via ? "tier 0" : null));
        Arbitrary<Thresholds> thresholds = upTo(99).map(percent -> new Thresholds(percent + 1, 100 - percent));
        return Combinators.combine(
                        server,
                        service.list().uniqueElements(Service::name).ofMaxSize(12),
                        tier.list().ofMinSize(1).ofMaxSize(3),
                        client.list().uniqueElements(FixedClients::name).ofMaxSize(3),
                        thresholds,
                        upTo(9))
                .as((limits, services, tiers, clients, tight, atOnce) ->
                        new Plan(limits, services, numbered(tiers), clients, tight, atOnce + 1));
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most);
    }

    /** What properties and YAML have a meaning of their own for. */
    private static String name(String kind, int number) {
        return List.of("a b", "\u6570", "'", "on", "1.10", "a=b", "a:b", "#", "[0]", "null")
                        .get(number % 10)
                + kind
                + number;
    }

    private static List<BouncerTier> numbered(List<BouncerTier> tiers) {
        List<BouncerTier> numbered = new ArrayList<>();
        tiers.forEach(tier -> numbered.add(new BouncerTier(
                "tier " + numbered.size(),
                tier.instances(),
                tier.rollout(),
                tier.databases(),
                tier.usersPerDatabase(),
                tier.defaultPoolSize(),
                tier.reservePoolSize(),
                tier.maxDbConnections(),
                tier.maxClientConn())));
        return numbered;
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("plans") Plan plan, @ForAll boolean dashed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        write("", plan, properties);
        Map<String, Object> named = new LinkedHashMap<>();
        properties.forEach(
                (field, value) -> named.put("penstock.budget.plan." + (dashed ? Dashed.of(field) : field), value));

        assertThat(Env.empty().andMap(named).configOf("ds").budget().plan()).isEqualTo(plan);
    }

    private static void write(String path, Object value, Map<String, Object> to) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                write(path + "[" + i + "]", list.get(i), to);
            }
        } else if (value instanceof Record part && !(value instanceof Rollout)) {
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                Object field = valueOf(component, part);
                // the two of its fields that stand in those of the service
                String name = value instanceof ThreadUse
                        ? path.substring(0, path.lastIndexOf('.') + 1) + component.getName()
                        : path + (path.isEmpty() ? "" : ".") + component.getName();
                if (field != null) {
                    write(name, field, to);
                }
            }
        } else {
            to.put(path, value.toString());
        }
    }

    private static Object valueOf(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
