package dev.penstock.budget.live;

import dev.penstock.budget.ApplicationName;
import dev.penstock.budget.Assessment;
import dev.penstock.budget.Balance;
import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Service;
import dev.penstock.budget.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose sessions are whose, by their application names: all of its own choosing that a server shows of a client. */
final class Roster {
    /** What connects to the server, in the order in which an assessment lists it. */
    private final List<Entry> entries = new ArrayList<>();

    private final Map<String, Entry> services = new HashMap<>();
    private final Map<String, Entry> others = new HashMap<>();
    private final List<Group> foreign = new ArrayList<>();

    /** Something that connects to the server, and its sessions. */
    private record Entry(String name, Use.Kind kind, List<Group> groups) {
        int sessions() {
            return groups.stream().mapToInt(Group::sessions).sum();
        }
    }

    /** Where two names are cut to the same, the first has it, of those that connect to the server before others. */
    private Roster(Plan plan) {
        Map<String, Entry> tiers = new LinkedHashMap<>();
        direct(plan.services(), Service::via).forEach(one -> enterService(one, add(one.name(), Use.Kind.SERVICE)));
        for (BouncerTier tier : plan.tiers()) {
            tiers.put(tier.name(), add(tier.name(), Use.Kind.TIER));
        }
        direct(plan.clients(), FixedClients::via)
                .forEach(one -> enterOther(one.name(), add(one.name(), Use.Kind.CLIENT)));
        for (Service service : plan.services()) {
            via(service.via(), tiers, tier -> enterService(service, tier));
        }
        for (FixedClients client : plan.clients()) {
            via(client.via(), tiers, tier -> enterOther(client.name(), tier));
        }
        tiers.forEach(this::enterOther);
    }

    private static <T> List<T> direct(List<T> all, Function<T, @Nullable String> via) {
        return all.stream().filter(one -> via.apply(one) == null).toList();
    }

    private static void via(@Nullable String name, Map<String, Entry> tiers, Consumer<Entry> enter) {
        if (name != null) {
            enter.accept(Objects.requireNonNull(tiers.get(name), "a via names a tier of the plan"));
        }
    }

    private Entry add(String name, Use.Kind kind) {
        Entry entry = new Entry(name, kind, new ArrayList<>());
        entries.add(entry);
        return entry;
    }

    private void enterService(Service service, Entry entry) {
        services.putIfAbsent(ApplicationName.serviceName(service.name()), entry);
    }

    private void enterOther(String name, Entry entry) {
        others.putIfAbsent(name, entry);
        others.putIfAbsent(ApplicationName.serviceName(name), entry);
    }

    /** Of these sessions. */
    static Roster of(Plan plan, List<Group> groups) {
        Roster roster = new Roster(plan);
        groups.forEach(group -> roster.listFor(group.application()).add(group));
        return roster;
    }

    private List<Group> listFor(String application) {
        ApplicationName name = ApplicationName.parse(application);
        Entry entry = name == null ? null : services.get(name.service());
        if (entry == null) {
            entry = others.get(application);
        }
        if (entry == null && name != null) {
            entry = others.get(name.service());
        }
        return entry == null ? foreign : entry.groups();
    }

    /** Sessions of nothing in the plan. */
    List<Group> foreign() {
        return foreign;
    }

    /** Whether nobody in the plan is missing, or there is one only, so that nobody else can be other than he is. */
    boolean isComplete() {
        return entries.size() == 1 || entries.stream().allMatch(entry -> entry.sessions() > 0);
    }

    /** The users of the plan's sessions, or whatever else they have. */
    Set<String> distinct(Function<Group, @Nullable String> what) {
        return entries.stream()
                .flatMap(entry -> entry.groups().stream())
                .map(what)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each with what is declared for it: what it may hold in a rollout of its own, whatever else is rolled out. */
    List<Use> uses(Plan plan) {
        Balance declared =
                Assessment.of(plan.withRolloutsAtOnce(Plan.ALL_AT_ONCE)).server();
        List<Term> steady = declared.steady().terms();
        List<Term> worst = declared.rollout().terms();
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            uses.add(new Use(
                    entry.name(),
                    entry.kind(),
                    steady.get(i).connections(),
                    worst.get(i).connections(),
                    entry.sessions()));
        }
        return uses;
    }
}
