package dev.penstock.bench;

import java.lang.management.ThreadInfo;

/** JMH profiler: processor time of the benchmark's own threads per operation. */
public final class WorkerCpu extends ThreadsCpu {
    private static final String WORKER = "-jmh-worker-";

    /** Made by JMH in the fork. */
    public WorkerCpu() {}

    @Override
    public String getDescription() {
        return "Processor time of the benchmark's threads per operation";
    }

    @Override
    boolean counts(ThreadInfo thread) {
        return thread.getThreadName().contains(WORKER);
    }
}
