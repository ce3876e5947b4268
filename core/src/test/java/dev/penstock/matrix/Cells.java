package dev.penstock.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small checks that mostly wait, side by side within one test; all of them run, whoever fails. */
final class Cells {
    private static final int PARALLEL = 8;

    private final Map<String, Cell> cells = new LinkedHashMap<>();

    @FunctionalInterface
    interface Cell {
        void run() throws Exception;
    }

    Cells add(String name, Cell cell) {
        if (cells.put(name, cell) != null) {
            throw new IllegalArgumentException("names must differ, but was twice: " + name);
        }
        return this;
    }

    void run() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(PARALLEL);
        try {
            Map<String, Future<Void>> running = new LinkedHashMap<>();
            cells.forEach((name, cell) -> running.put(name, executor.submit(callable(cell))));
            Map<String, Throwable> failed = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Void>> cell : running.entrySet()) {
                try {
                    cell.getValue().get();
                } catch (ExecutionException e) {
                    failed.put(cell.getKey(), e.getCause());
                }
            }
            report(failed);
        } finally {
            executor.shutdownNow();
        }
    }

    private static Callable<Void> callable(Cell cell) {
        return () -> {
            cell.run();
            return null;
        };
    }

    private void report(Map<String, Throwable> failed) {
        if (failed.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(failed.size() + " of " + cells.size() + " cells failed:");
        failed.forEach(
                (name, why) -> text.append("\n* ").append(name).append(": ").append(why));
        AssertionError error = new AssertionError(text.toString());
        failed.values().forEach(error::addSuppressed);
        throw error;
    }
}
