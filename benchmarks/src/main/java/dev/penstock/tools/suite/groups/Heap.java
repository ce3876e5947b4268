package dev.penstock.tools.suite.groups;

import java.lang.management.ManagementFactory;
import java.util.stream.DoubleStream;

/** What is in memory when all has been collected that can be. */
final class Heap {
    private static final int COLLECTIONS = 5;

    private Heap() {}

    /** In bytes: the least of several looks, because what other threads make meanwhile only ever adds. */
    static double used() {
        return DoubleStream.generate(Heap::usedNow).limit(COLLECTIONS).min().orElseThrow();
    }

    private static double usedNow() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
