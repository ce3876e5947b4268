package dev.penstock.tools.suite;

import dev.penstock.tools.addresses.RaceGroup;
import dev.penstock.tools.borrow.BorrowGroup;
import dev.penstock.tools.connect.ConnectGroup;
import dev.penstock.tools.gate.GateGroup;
import dev.penstock.tools.limits.LimitsGroup;
import dev.penstock.tools.suite.groups.MemoryGroup;
import dev.penstock.tools.suite.groups.PassThroughGroup;
import dev.penstock.tools.suite.groups.ScalingGroup;
import dev.penstock.tools.suite.groups.SweeperGroup;
import java.util.List;

/** What the suite consists of. */
public final class Groups {
    private Groups() {}

    /** In the order in which they run; each name once. */
    public static List<Group> all() {
        return List.of(
                new BorrowGroup(),
                new GateGroup(),
                new ConnectGroup(false),
                new ConnectGroup(true),
                new RaceGroup(),
                new LimitsGroup(),
                new PassThroughGroup(),
                new ScalingGroup(),
                new SweeperGroup(),
                new MemoryGroup());
    }
}
