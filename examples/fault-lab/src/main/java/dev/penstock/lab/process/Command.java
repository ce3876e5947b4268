package dev.penstock.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A short-lived helper process. */
public record Command(List<String> words, Redirect output) {

    public static Command of(String... words) {
        return new Command(List.of(words), Redirect.DISCARD);
    }

    public Command loggingTo(Path file) {
        return new Command(words, Redirect.appendTo(file.toFile()));
    }

    /** Runs it to its end and returns its exit code. */
    public int run() {
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

    /**
     * Runs it to its end and returns what it printed, errors included.
     *
     * @throws IllegalStateException when it ends with another exit code than 0; the message says what it printed
     */
    public static String read(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", words) + " failed with " + exit + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + String.join(" ", words), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + String.join(" ", words), e);
        }
    }
}
