package dev.penstock.tools.budget;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Balance;
import dev.penstock.budget.Moment;
import dev.penstock.budget.Term;
import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sums of a plan as tables and as fields. */
final class Accounts {
    private Accounts() {}

    /** A line for each place and moment. */
    static TextTable summary(Assessment assessment) {
        return summary(balances(assessment));
    }

    static TextTable summary(List<Balance> balances) {
        TextTable table = new TextTable()
                .text("place")
                .text("when")
                .number("asked for")
                .number("usable")
                .number("tight above")
                .number("free")
                .text("verdict");
        for (Balance balance : balances) {
            add(table, balance.place(), "steady state", balance.steady());
            add(table, balance.place(), "worst moment of a rollout", balance.rollout());
        }
        return table;
    }

    private static void add(TextTable table, String place, String when, Moment moment) {
        table.row(
                place,
                when,
                text(moment.demand()),
                text(moment.usable()),
                text(moment.threshold()),
                text(moment.free()),
                moment.verdict().toString());
    }

    /** Every term of every sum, and warnings. */
    static void addTo(Page page, Assessment assessment) {
        for (Balance balance : balances(assessment)) {
            page.heading(balance.place() + ": what there is").table(terms(balance.supply()));
            page.heading(balance.place() + ": what is asked for").table(demand(balance));
        }
        if (!assessment.warnings().isEmpty()) {
            page.heading("Warnings").lines(assessment.warnings());
        }
    }

    /** A line for each. */
    static TextTable terms(List<Term> terms) {
        TextTable table = new TextTable().text("what").text("how").number("connections");
        terms.forEach(term -> table.row(term.name(), term.formula(), text(term.connections())));
        return table;
    }

    private static TextTable demand(Balance balance) {
        TextTable table = new TextTable()
                .text("what")
                .text("in steady state")
                .number("connections")
                .text("at the worst moment of a rollout")
                .number("connections");
        List<Term> steady = balance.steady().terms();
        List<Term> rollout = balance.rollout().terms();
        for (int i = 0; i < steady.size(); i++) {
            Term first = steady.get(i);
            Term second = rollout.get(i);
            table.row(
                    first.name(),
                    first.formula(),
                    text(first.connections()),
                    second.formula(),
                    text(second.connections()));
        }
        return table.row(
                "sum",
                "",
                text(balance.steady().demand()),
                "",
                text(balance.rollout().demand()));
    }

    private static List<Balance> balances(Assessment assessment) {
        List<Balance> balances = new ArrayList<>();
        balances.add(assessment.server());
        balances.addAll(assessment.tiers());
        return balances;
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    static Map<String, Object> fields(Assessment assessment) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", assessment.verdict());
        fields.put("server", fields(assessment.server()));
        fields.put("tiers", assessment.tiers().stream().map(Accounts::fields).toList());
        fields.put("warnings", assessment.warnings());
        return fields;
    }

    private static Map<String, Object> fields(Balance balance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", balance.place());
        fields.put("verdict", balance.verdict());
        fields.put("supply", termFields(balance.supply()));
        fields.put("steady", fields(balance.steady()));
        fields.put("rollout", fields(balance.rollout()));
        return fields;
    }

    private static Map<String, Object> fields(Moment moment) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", moment.verdict());
        fields.put("demand", moment.demand());
        fields.put("usable", moment.usable());
        fields.put("tightAbove", moment.threshold());
        fields.put("free", moment.free());
        fields.put("terms", termFields(moment.terms()));
        return fields;
    }

    private static List<Map<String, Object>> termFields(List<Term> terms) {
        return terms.stream().map(Accounts::fields).toList();
    }

    private static Map<String, Object> fields(Term term) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", term.name());
        fields.put("formula", term.formula());
        fields.put("connections", term.connections());
        return fields;
    }
}
