package dev.penstock.lab.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** A short-lived helper process. */
record Command(List<String> words, Redirect output) {

    static Command of(String... words) {
        return new Command(List.of(words), Redirect.DISCARD);
    }

    Command loggingTo(Path file) {
        return new Command(words, Redirect.appendTo(file.toFile()));
    }

    /** Runs it to its end and returns its exit code. */
    int run() {
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + words, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + words, e);
        }
    }
}
