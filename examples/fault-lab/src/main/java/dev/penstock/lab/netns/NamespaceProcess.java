package dev.penstock.lab.netns;

import dev.penstock.lab.Await;
import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.ProcessTree;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that enters a network namespace of its own, and all others in there.
 *
 * <p>Servers that it starts leave it and become children of process 1, so a tree does not find them; the namespace
 * does. It is held open, so that the kernel gives its number to no other as long as this lives.
 */
final class NamespaceProcess implements AutoCloseable {
    private static final Duration TO_ENTER = Duration.ofSeconds(10);
    private static final Duration TO_END_IN_ORDER = Duration.ofSeconds(5);
    private static final Duration TO_DIE = Duration.ofSeconds(10);

    private final Process process;
    private final String outside = NamespaceLink.own();
    private final Thread belt = new Thread(this::kill, "lab-namespace-belt");
    private final @Nullable FileInputStream hold;
    private final @Nullable String inside;

    NamespaceProcess(Process process) {
        this.process = process;
        awaitEntry();
        hold = hold();
        inside = hold == null ? null : entered().orElse(null);
    }

    private void awaitEntry() {
        try {
            Runtime.getRuntime().addShutdownHook(belt);
            Await.until(
                    "the network namespace",
                    TO_ENTER,
                    () -> !process.isAlive() || entered().isPresent());
        } catch (IllegalStateException e) {
            process.destroyForcibly(); // in vain, or too late for hooks; it has started nothing yet
            throw e;
        }
    }

    /** Never the namespace that it comes from. */
    private Optional<String> entered() {
        return NamespaceLink.of(process.toHandle()).filter(link -> !link.equals(outside));
    }

    /** Null when it ended at once. */
    private @Nullable FileInputStream hold() {
        try {
            return new FileInputStream(
                    NamespaceLink.file(Long.toString(process.pid())).toFile());
        } catch (IOException gone) {
            return null;
        }
    }

    /** Whether it ended within the limit. */
    boolean endedWithin(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    int exit() {
        return process.exitValue();
    }

    /** What its threads do goes to its output. */
    void dumpThreads() {
        Command.of("sh", "-c", "kill -QUIT " + process.pid()).run();
    }

    /** Ends it in order if it can, then whatever is left in the namespace. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            return; // the JVM is going down and the belt does the work
        }
        process.destroy();
        boolean unused = endedWithin(TO_END_IN_ORDER);
        kill();
        release();
    }

    private void kill() {
        Await.until("the end of all processes in the namespace", TO_DIE, () -> {
            List<ProcessHandle> left = left();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    private List<ProcessHandle> left() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.equals(process.toHandle()) || isInside(each))
                .filter(ProcessTree::isAlive)
                .toList();
    }

    private boolean isInside(ProcessHandle other) {
        return inside != null && NamespaceLink.of(other).equals(Optional.of(inside));
    }

    private void release() {
        try {
            if (hold != null) {
                hold.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
