package dev.penstock.tools.budget;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.BouncerProposal;
import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.PoolSize;
import dev.penstock.budget.Recommendation;
import dev.penstock.tools.report.TextTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A recommendation as tables and as fields. */
final class Advice {
    private Advice() {}

    static void addTo(Page page, Recommendation recommendation) {
        Assessment then = Assessment.of(recommendation.plan());
        page.heading("Recommended pool sizes, " + name(recommendation) + ": " + then.verdict());
        if (!recommendation.sizes().isEmpty()) {
            page.table(sizes(recommendation));
        }
        page.table(Accounts.summary(then));
        if (!recommendation.possible()) {
            page.heading("What does not fit").lines(recommendation.shortfalls());
        }
        BouncerProposal proposal = recommendation.proposal();
        if (proposal != null) {
            page.heading("PgBouncer in transaction mode, with the pool sizes of the plan (--pgbouncer-ini)")
                    .lines(proposal.rationale())
                    .table(Accounts.summary(Assessment.of(proposal.plan())));
        }
    }

    private static String name(Recommendation recommendation) {
        return recommendation.sharing().toString().toLowerCase(Locale.ROOT);
    }

    private static TextTable sizes(Recommendation recommendation) {
        TextTable table = new TextTable().text("service").number("declared").number("recommended");
        recommendation
                .sizes()
                .forEach(size -> table.row(
                        size.service(), Integer.toString(size.declared()), Integer.toString(size.recommended())));
        return table;
    }

    static Map<String, Object> fields(Recommendation recommendation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sharing", name(recommendation));
        fields.put("possible", recommendation.possible());
        fields.put("sizes", recommendation.sizes().stream().map(Advice::fields).toList());
        fields.put("shortfalls", recommendation.shortfalls());
        fields.put("assessment", Accounts.fields(Assessment.of(recommendation.plan())));
        BouncerProposal proposal = recommendation.proposal();
        if (proposal != null) {
            fields.put("proposal", fields(proposal));
        }
        return fields;
    }

    private static Map<String, Object> fields(PoolSize size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("service", size.service());
        fields.put("declared", size.declared());
        fields.put("recommended", size.recommended());
        return fields;
    }

    private static Map<String, Object> fields(BouncerProposal proposal) {
        BouncerTier tier = proposal.tier();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", tier.name());
        fields.put("instances", tier.instances());
        fields.put("defaultPoolSize", tier.defaultPoolSize());
        fields.put("reservePoolSize", tier.reservePoolSize());
        fields.put("maxDbConnections", tier.maxDbConnections());
        fields.put("maxClientConn", tier.maxClientConn());
        fields.put("rationale", proposal.rationale());
        fields.put("assessment", Accounts.fields(Assessment.of(proposal.plan())));
        return fields;
    }
}
