package dev.penstock.tools.suite.groups;

import dev.penstock.tools.pools.OpenPool;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Heap and threads of many pools, which stay open until the end. Details: pools of one connection, pools of ten, ms to
 * settle.
 */
final class MemoryWork {
    static final List<Integer> SIZES = List.of(1, 10);

    private static final int SETTLING = 2;

    private final Assignment assignment;
    private final List<OpenPool> open = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();

    private MemoryWork(Assignment assignment) {
        this.assignment = assignment;
    }

    static String heap(int size) {
        return "heap, " + size;
    }

    static String threads(int size) {
        return "threads, " + size;
    }

    static Map<String, Double> measure(Assignment assignment) throws Exception {
        return new MemoryWork(assignment).measure();
    }

    private Map<String, Double> measure() throws Exception {
        try {
            open(1, 1); // what all pools share is there with the first
            settle();
            for (int i = 0; i < SIZES.size(); i++) {
                measure(assignment.number(i), SIZES.get(i));
            }
        } finally {
            for (OpenPool pool : open) {
                pool.closing().close();
            }
        }
        return figures;
    }

    private void measure(int pools, int size) throws Exception {
        double heap = Heap.used();
        int threads = liveThreads();
        open(pools, size);
        settle();
        figures.put(heap(size), (Heap.used() - heap) / pools);
        figures.put(threads(size), (double) (liveThreads() - threads) / pools);
    }

    private void open(int pools, int size) throws Exception {
        for (int i = 0; i < pools; i++) {
            open.add(assignment.side().open(assignment.target(), size));
        }
    }

    private void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(assignment.number(SETTLING));
    }

    private static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
