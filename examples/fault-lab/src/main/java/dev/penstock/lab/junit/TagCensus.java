package dev.penstock.lab.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts, per tag, the tests that really ran, so that a build can notice when some have stopped running in silence.
 *
 * <p>JUnit finds it by its service file. It is off unless the system property {@value #DIRECTORY_PROPERTY} names a
 * folder. Then every test JVM appends to a file of its own there, {@code <Java feature version>-<pid>.txt}, when a
 * test class has finished: one line per tag, of five fields with tabs between them.
 *
 * <pre>
 * class  tag  passed  failed  skipped
 * </pre>
 *
 * <p>A test counts under each tag that it, its class or an enclosing class has, and under {@value #ALL}. An invocation
 * of a parameterized test is a test; a jqwik property is one test, however many tries it makes. Tests that are disabled
 * and tests that an assumption ended are skipped; a class that is disabled, or that an assumption ends before its
 * tests, counts each of its tests that was discovered.
 *
 * <p>Thread-safe.
 */
public final class TagCensus implements TestExecutionListener {
    /** Names the folder to write to; unset or empty: nothing is counted. */
    public static final String DIRECTORY_PROPERTY = "penstock.test.census";

    /** The tag under which every test counts. */
    public static final String ALL = "all";

    private final @Nullable Path file;

    /** By class, then by tag. Guarded by this. */
    private final Map<String, Map<String, Count>> open = new LinkedHashMap<>();

    private volatile @Nullable TestPlan plan;

    /** For the service loader. */
    public TagCensus() {
        this(System.getProperty(DIRECTORY_PROPERTY, ""));
    }

    TagCensus(String directory) {
        file = directory.isEmpty()
                ? null
                : Path.of(directory)
                        .resolve(Runtime.version().feature() + "-"
                                + ProcessHandle.current().pid() + ".txt");
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        TestPlan known = plan;
        if (file != null && known != null) {
            countSkipped(known, skipped);
        }
    }

    /** Every test below it; itself if none is known there. */
    private void countSkipped(TestPlan known, TestIdentifier skipped) {
        int counted = 0;
        for (TestIdentifier below : known.getDescendants(skipped)) {
            if (below.isTest()) {
                count(known, below, Outcome.SKIPPED);
                counted++;
            }
        }
        if (counted == 0) {
            count(known, skipped, Outcome.SKIPPED);
        }
    }

    @Override
    public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
        TestPlan known = plan;
        if (file == null || known == null) {
            return;
        }
        if (finished.isTest()) {
            count(known, finished, Outcome.of(result.getStatus()));
            return;
        }
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            countSkipped(known, finished); // an assumption before its tests: nobody else says that they did not run
        }
        if (finished.getSource().orElse(null) instanceof ClassSource source) {
            write(source.getClassName());
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (file != null) {
            writeAll();
        }
        plan = null;
    }

    private void count(TestPlan known, TestIdentifier test, Outcome outcome) {
        Set<String> tags = new TreeSet<>();
        tags.add(ALL);
        String className = "-";
        for (TestIdentifier at = test; at != null; at = known.getParent(at).orElse(null)) {
            at.getTags().stream().map(TestTag::getName).forEach(tags::add);
            if (className.equals("-")) {
                className = className(at);
            }
        }
        add(className, tags, outcome);
    }

    private static String className(TestIdentifier at) {
        var source = at.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getClassName();
        }
        return source instanceof ClassSource type ? type.getClassName() : "-";
    }

    private synchronized void add(String className, Set<String> tags, Outcome outcome) {
        Map<String, Count> counts = open.computeIfAbsent(className, name -> new TreeMap<>());
        for (String tag : tags) {
            counts.computeIfAbsent(tag, name -> new Count()).add(outcome);
        }
    }

    private synchronized void write(String className) {
        Map<String, Count> counts = open.remove(className);
        if (counts != null) {
            append(className, counts);
        }
    }

    private synchronized void writeAll() {
        open.forEach(this::append);
        open.clear();
    }

    private void append(String className, Map<String, Count> counts) {
        Path target = file;
        if (target == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        counts.forEach((tag, count) -> lines.append(className)
                .append('\t')
                .append(tag)
                .append('\t')
                .append(count)
                .append('\n'));
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.writeString(target, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the census of the tests could not be written to " + target, e);
        }
    }

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED;

        static Outcome of(TestExecutionResult.Status status) {
            return switch (status) {
                case SUCCESSFUL -> PASSED;
                case FAILED -> FAILED;
                case ABORTED -> SKIPPED;
            };
        }
    }

    /** Guarded by the census. */
    private static final class Count {
        private int passed;
        private int failed;
        private int skipped;

        void add(Outcome outcome) {
            switch (outcome) {
                case PASSED -> passed++;
                case FAILED -> failed++;
                case SKIPPED -> skipped++;
            }
        }

        @Override
        public String toString() {
            return passed + "\t" + failed + "\t" + skipped;
        }
    }
}
