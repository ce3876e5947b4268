package dev.penstock.lab.process;

import dev.penstock.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A postmaster and its children, signalled by their own process ids.
 *
 * <p>The JDK can only end processes; stopping and continuing them takes the shell's {@code kill}, which every POSIX
 * system has built in.
 */
public record ProcessTree(ProcessHandle root) {
    private static final int MAX_ROUNDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public boolean isAlive() {
        return isAlive(root);
    }

    public long pid() {
        return root.pid();
    }

    /**
     * Zombies count as dead, although the JDK says they live: a postmaster's parent has left, and not every process 1
     * reaps orphans at once.
     */
    public static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException noSuchFile) {
            return process.isAlive();
        }
    }

    /** The root first: a stopped postmaster forks no further children while the others are signalled. */
    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants())
                .filter(ProcessTree::isAlive)
                .toList();
    }

    public void stop() {
        signalUntilStable("STOP");
    }

    public void resume() {
        signalUntilStable("CONT");
    }

    /** Kills all of it and waits until nothing of it holds a socket or a file any more. */
    public void kill() {
        stop();
        List<ProcessHandle> victims = all();
        victims.forEach(ProcessHandle::destroyForcibly);
        Await.until(
                "the end of processes " + pids(victims),
                PATIENCE,
                () -> victims.stream().noneMatch(ProcessTree::isAlive));
    }

    private void signalUntilStable(String signal) {
        List<ProcessHandle> seen = List.of();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<ProcessHandle> now = all();
            if (seen.containsAll(now)) {
                return;
            }
            signal(signal, now);
            seen = now;
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        // One that ended meanwhile makes kill complain; the others are signalled all the same.
        Command.of("sh", "-c", "kill -" + signal + " " + pids(processes)).run();
    }

    private static String pids(List<ProcessHandle> processes) {
        return processes.stream().map(p -> Long.toString(p.pid())).collect(Collectors.joining(" "));
    }
}
