package dev.penstock.tools.budget;

import dev.penstock.budget.live.Comparison;
import dev.penstock.budget.live.Free;
import dev.penstock.budget.live.Group;
import dev.penstock.budget.live.Reading;
import dev.penstock.budget.live.ServerFacts;
import dev.penstock.budget.live.Use;
import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server said, as tables and as fields. */
final class Sessions {
    private Sessions() {}

    /** Who is connected, what is free, and how that comes about. */
    static void addTo(Page page, Reading reading) {
        ServerFacts server = reading.server();
        page.heading(reading.asked());
        page.lines(remarks(reading));
        page.table(table(reading.census().groups()));
        Free free = reading.free();
        page.heading("Free to ordinary roles: " + free.toOrdinaryRoles()).table(Accounts.terms(free.terms()));
        page.heading("Free to " + server.role() + ", the least of these: " + free.toRole())
                .table(Accounts.terms(free.limits()));
    }

    private static List<String> remarks(Reading reading) {
        List<String> remarks = new ArrayList<>();
        String pooler = reading.pooler();
        if (pooler != null) {
            remarks.add(pooler);
        }
        int unknown = reading.census().unknown();
        if (unknown > 0) {
            remarks.add(unknown + " sessions of other roles, of which this role may not see the state, nor whether they"
                    + " are clients; to see it: grant pg_read_all_stats to "
                    + reading.server().role());
        }
        return remarks;
    }

    /** What a plan and a server have to do with each other. */
    static void addTo(Page page, Comparison comparison) {
        page.heading("On the server now: " + comparison.now())
                .lines(List.of(comparison.reading().asked()))
                .lines(remarks(comparison.reading()))
                .lines(comparison.differences())
                .table(uses(comparison));
        List<Group> foreign = comparison.foreign().groups();
        if (!foreign.isEmpty()) {
            page.heading("Sessions of nothing in the plan").table(table(foreign));
            page.heading("Room for such")
                    .table(Accounts.terms(comparison.foreign().room()));
        }
        if (comparison.beyond() > 0) {
            page.heading("While " + comparison.beyond() + " sessions beyond the plan stay, as other consumers")
                    .table(Accounts.summary(List.of(comparison.strained())));
        }
        Free free = comparison.reading().free();
        page.heading("Free now: " + free.toOrdinaryRoles() + " to ordinary roles, " + free.toRole() + " to "
                + comparison.reading().server().role());
    }

    private static TextTable table(List<Group> groups) {
        TextTable table = new TextTable()
                .text("application")
                .text("user")
                .text("database")
                .text("state")
                .number("sessions");
        groups.forEach(group -> table.row(
                shown(group.application(), "(none)"),
                shown(group.user(), "?"),
                shown(group.database(), "?"),
                shown(group.state(), "?") + (group.own() ? " (this command)" : ""),
                Integer.toString(group.sessions())));
        return table;
    }

    private static String shown(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** Who of the plan uses what. */
    private static TextTable uses(Comparison comparison) {
        TextTable table = new TextTable()
                .text("in the plan")
                .text("kind")
                .number("now")
                .number("steady state")
                .number("at most")
                .number("beyond");
        comparison
                .uses()
                .forEach(use -> table.row(
                        use.name(),
                        kind(use),
                        Long.toString(use.now()),
                        Long.toString(use.steady()),
                        Long.toString(use.worst()),
                        Long.toString(use.beyond())));
        return table.row(
                "(not in the plan)",
                "",
                Long.toString(comparison.foreign().sessions()),
                "",
                Long.toString(comparison.foreign().expected()),
                Long.toString(comparison.foreign().beyond()));
    }

    private static String kind(Use use) {
        return use.kind().toString().toLowerCase(Locale.ROOT);
    }

    static Map<String, @Nullable Object> fields(Reading reading) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("host", reading.host());
        fields.put("server", fields(reading.server()));
        fields.put("pooler", reading.pooler());
        fields.put("freeToOrdinaryRoles", reading.free().toOrdinaryRoles());
        fields.put("freeToRole", reading.free().toRole());
        fields.put("sessions", reading.census().sessions());
        fields.put("unknown", reading.census().unknown());
        fields.put("groups", groups(reading.census().groups()));
        return fields;
    }

    private static Map<String, Object> fields(ServerFacts server) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", server.version());
        fields.put("maxConnections", server.maxConnections());
        fields.put("superuserReserved", server.superuserReserved());
        fields.put("reserved", server.reserved());
        fields.put("role", server.role());
        fields.put("roleLimit", server.roleLimit());
        fields.put("database", server.database());
        fields.put("databaseLimit", server.databaseLimit());
        fields.put("superuser", server.superuser());
        fields.put("usesReserved", server.usesReserved());
        fields.put("seesAll", server.seesAll());
        return fields;
    }

    static Map<String, @Nullable Object> fields(Comparison comparison) {
        Map<String, @Nullable Object> fields = fields(comparison.reading());
        fields.put("differences", comparison.differences());
        fields.put("connectedNow", comparison.now().demand());
        fields.put("uses", comparison.uses().stream().map(Sessions::fields).toList());
        fields.put("foreign", groups(comparison.foreign().groups()));
        fields.put("foreignExpected", comparison.foreign().expected());
        fields.put("beyondPlan", comparison.beyond());
        return fields;
    }

    private static Map<String, Object> fields(Use use) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", use.name());
        fields.put("kind", kind(use));
        fields.put("now", use.now());
        fields.put("steady", use.steady());
        fields.put("worst", use.worst());
        fields.put("beyond", use.beyond());
        return fields;
    }

    private static List<Map<String, @Nullable Object>> groups(List<Group> groups) {
        return groups.stream().map(Sessions::fields).toList();
    }

    private static Map<String, @Nullable Object> fields(Group group) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("application", group.application());
        fields.put("user", group.user());
        fields.put("database", group.database());
        fields.put("state", group.state());
        fields.put("hidden", group.hidden());
        fields.put("own", group.own());
        fields.put("sessions", group.sessions());
        return fields;
    }
}
