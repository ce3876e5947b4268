package dev.penstock.budget.live;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Balance;
import dev.penstock.budget.Moment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Term;
import dev.penstock.budget.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared plan next to what a server said. Whose a session is, its application name tells; where an unknown session
 * is no client (see {@link Census}), one too many is counted.
 *
 * @param reading what it said
 * @param plan with the server's limits in place of what was declared
 * @param assessment of that plan
 * @param differences between what was declared and what the server has, a sentence each
 * @param uses of each service, PgBouncer tier and fixed client that connects to the server
 * @param foreign sessions of nothing in the plan
 */
public record Comparison(
        Reading reading, Plan plan, Assessment assessment, List<String> differences, List<Use> uses, Foreign foreign) {
    /** Copies the lists. */
    public Comparison {
        differences = List.copyOf(differences);
        uses = List.copyOf(uses);
    }

    static Comparison of(Reading reading, Plan declared) {
        List<Group> staying = reading.staying();
        Roster roster = Roster.of(declared, staying);
        Limits limits = new Limits(
                reading.server(),
                declared.server(),
                roster.distinct(Group::user),
                roster.distinct(Group::database),
                roster.isComplete());
        Plan plan = declared.withServer(limits.real());
        List<Use> uses = roster.uses(plan);
        return new Comparison(
                reading,
                plan,
                Assessment.of(plan),
                limits.differences(),
                uses,
                Foreign.of(roster.foreign(), plan.server(), uses));
    }

    /** What is connected, next to what there is for ordinary roles; the session that asked is left out. */
    public Moment now() {
        List<Term> terms = new ArrayList<>();
        uses.forEach(use -> terms.add(new Term(use.name(), "", use.now())));
        terms.add(new Term("sessions of nothing in the plan", "", foreign.sessions()));
        return new Moment(
                terms, reading.server().forOrdinaryRoles(), plan.thresholds().rollout());
    }

    /** How many sessions no plan foresees: of services that have more than they may, and too many of others. */
    public long beyond() {
        return uses.stream().mapToLong(Use::beyond).sum() + foreign.beyond();
    }

    /**
     * The plan's sum on the server while those sessions that are {@link #beyond} it stay: they are counted as further
     * other consumers. The same as that of the {@link #assessment} if there are none.
     */
    public Balance strained() {
        if (beyond() == 0) {
            return assessment.server();
        }
        ServerLimits limits = plan.server();
        // more than all connections changes nothing further, and a plan takes no number beyond its bounds
        long others = Math.min(limits.others() + beyond(), Math.max(limits.others(), limits.maxConnections()));
        return Assessment.of(plan.withServer(limits.withOthers((int) others))).server();
    }

    /**
     * The worst of these: the plan with the server's limits; the same while what is connected beyond it stays; what is
     * connected now, {@link Verdict#TIGHT} from the plan's threshold for rollouts on, {@link Verdict#OVER} if nothing
     * is free to ordinary roles, or to the role that asked. A service that runs with fewer connections than it may open
     * makes nothing better.
     */
    public Verdict verdict() {
        return assessment.verdict().or(strained().verdict()).or(present());
    }

    private Verdict present() {
        return reading.free().none() ? Verdict.OVER : now().verdict();
    }

    /** The moment that decides, see {@link #verdict}. */
    public String headline() {
        if (reading.free().none()) {
            return "server: no connection is free, the next is refused (SQLState 53300)";
        }
        if (assessment.verdict() == verdict()) {
            return assessment.headline();
        }
        return strained().verdict() == verdict() ? headlineStrained() : "connected now: " + now();
    }

    /**
     * What decides about the plan, line by line; not the whole census, which may be long: that is in {@link
     * Reading#explain}.
     */
    public List<String> explain() {
        List<String> lines = new ArrayList<>(reading.introduction());
        differences.forEach(difference -> lines.add("  " + difference));
        lines.addAll(assessment.explain());
        lines.addAll(explainNow());
        if (beyond() > 0) {
            lines.add(headlineStrained());
        }
        return lines;
    }

    private String headlineStrained() {
        return "with the " + beyond() + " that are beyond the plan as other consumers, "
                + strained().headline();
    }

    private List<String> explainNow() {
        List<String> lines = new ArrayList<>();
        lines.add("connected now: " + now());
        uses.forEach(use -> lines.add("  " + use));
        foreign.explain().forEach(line -> lines.add("  " + line));
        if (reading.free().none()) {
            lines.add("  nothing is free: the next connection is refused (SQLState 53300)");
        }
        return lines;
    }
}
