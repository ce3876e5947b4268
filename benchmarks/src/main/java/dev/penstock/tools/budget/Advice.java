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
        page.heading(heading(recommendation) + ": " + then.verdict());
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

    /** What could be, not what should: whether pools need to be as large, 'size' tells. */
    private static String heading(Recommendation recommendation) {
        if (!recommendation.possible()) {
            return "Even the smallest pools do not fit";
        }
        return switch (recommendation.sharing()) {
            case EQUAL -> "Largest pools that fit, shared equally";
            case WEIGHTED -> "Largest pools that fit, shared by weight";
            case PRIORITISED -> "Largest pools that fit, shared by priority";
        };
    }

    private static String name(Recommendation recommendation) {
        return recommendation.sharing().toString().toLowerCase(Locale.ROOT);
    }

    private static TextTable sizes(Recommendation recommendation) {
        String size = recommendation.possible() ? "largest" : "size";
        TextTable table = new TextTable().text("service").number("declared").number(size);
        recommendation
                .sizes()
                .forEach(pool -> table.row(
                        pool.service(), Integer.toString(pool.declared()), Integer.toString(pool.recommended())));
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
