package dev.penstock.tools.suite.groups;

import java.util.Map;

/** What a JVM of its own can measure. */
enum Work {
    SCALING(ScalingWork::measure),
    PASS_THROUGH(PassThroughWork::measure),
    SWEEPER(SweeperWork::measure),
    MEMORY(MemoryWork::measure),
    LEASE_MEMORY(LeaseMemoryWork::measure);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Measuring measuring;

    Work(Measuring measuring) {
        this.measuring = measuring;
    }

    private interface Measuring {
        Map<String, Double> measure(Assignment assignment) throws Exception;
    }

    /** Figures by name. */
    Map<String, Double> measure(Assignment assignment) throws Exception {
        return measuring.measure(assignment);
    }
}
