package dev.penstock.bench;

import java.lang.management.ThreadInfo;

/**
 * JMH profiler: processor time of all threads per operation, those of pools and those that carry virtual threads too;
 * not what the JVM compiles and collects.
 */
public final class AllThreadsCpu extends ThreadsCpu {
    /** Made by JMH in the fork. */
    public AllThreadsCpu() {}

    @Override
    public String getDescription() {
        return "Processor time of all threads per operation";
    }

    @Override
    boolean counts(ThreadInfo thread) {
        return true;
    }
}
