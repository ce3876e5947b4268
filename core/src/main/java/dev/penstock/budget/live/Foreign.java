package dev.penstock.budget.live;

import dev.penstock.budget.Headroom;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions whose application name belongs to nothing in the plan, and how many of such the plan has room for: other
 * consumers, head-room, and what in the plan does not carry its name (see {@link Use#unnamed()}).
 *
 * @param groups of them, the one that asked left out
 * @param room a term for each reason to expect such
 */
public record Foreign(List<Group> groups, List<Term> room) {
    /** Of the groups, the largest: enough to see whom to ask. */
    private static final int SHOWN = 5;

    /** Copies the lists. */
    public Foreign {
        groups = List.copyOf(groups);
        room = List.copyOf(room);
    }

    static Foreign of(List<Group> groups, ServerLimits limits, List<Use> uses) {
        Headroom free = limits.headroom();
        List<Term> room = new ArrayList<>();
        room.add(new Term("other consumers", "", limits.others()));
        room.add(new Term("head-room", "", free.migrations() + free.monitoring() + free.people()));
        uses.stream().filter(use -> use.unnamed() > 0).forEach(use -> room.add(unnamed(use)));
        return new Foreign(groups, room);
    }

    private static Term unnamed(Use use) {
        String formula = use.now() == 0 ? "" : use.worst() + " - " + use.now();
        return new Term(use.name() + ", if under another name", formula, use.unnamed());
    }

    /** How many they are. */
    public int sessions() {
        return groups.stream().mapToInt(Group::sessions).sum();
    }

    /** How many the plan has room for. */
    public long expected() {
        return room.stream().mapToLong(Term::connections).sum();
    }

    /** How many more they are than that. */
    public long beyond() {
        return Math.max(0, sessions() - expected());
    }

    List<String> explain() {
        List<String> lines = new ArrayList<>();
        lines.add("sessions of nothing in the plan: " + sessions() + ", room for " + expected()
                + (beyond() == 0 ? "" : ", " + beyond() + " too many"));
        groups.stream().limit(SHOWN).forEach(group -> lines.add("  " + group));
        if (groups.size() > SHOWN) {
            lines.add("  and " + (groups.size() - SHOWN) + " smaller groups");
        }
        if (beyond() > 0) {
            lines.add("  room for");
            room.forEach(term -> lines.add("    " + term));
        }
        return lines;
    }
}
