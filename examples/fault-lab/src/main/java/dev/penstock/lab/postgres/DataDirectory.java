package dev.penstock.lab.postgres;

import dev.penstock.lab.process.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL says of itself in the files of its data directory. */
record DataDirectory(Path path) {
    private static final int PID_LINE = 0;
    private static final int SHARED_MEMORY_LINE = 6;

    void writeHba(String lines) {
        try {
            Files.writeString(path.resolve("pg_hba.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code postmaster.opts} begins with the path of the server's executable; the other programs lie beside it. */
    String program(String name) {
        try {
            String executable =
                    Files.readString(path.resolve("postmaster.opts")).split(" ", 2)[0];
            return Path.of(executable).resolveSibling(name).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The postmaster named in {@code postmaster.pid}, if it lives. That file outlives a killed server and process ids
     * are used again, so the process must also name this directory.
     */
    Optional<ProcessTree> postmaster() {
        return pidFileLine(PID_LINE)
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(process -> process.info().commandLine().orElse("").contains(path.toString()))
                .map(ProcessTree::new)
                .filter(ProcessTree::isAlive);
    }

    /** The process id that a restarting server will look at before it believes that the last one is gone. */
    Optional<Long> pidOnFile() {
        return pidFileLine(PID_LINE).map(Long::valueOf);
    }

    /** The System V segment that a killed server leaves behind: the line reads "key id". */
    Optional<String> sharedMemoryId() {
        return pidFileLine(SHARED_MEMORY_LINE)
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length == 2)
                .map(words -> words[1]);
    }

    private Optional<String> pidFileLine(int number) {
        try {
            List<String> lines = Files.readAllLines(path.resolve("postmaster.pid"));
            return number < lines.size() ? Optional.of(lines.get(number).trim()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
