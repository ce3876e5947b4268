package dev.penstock.tools.tune;

import dev.penstock.tools.Rules;
import dev.penstock.tools.tune.report.TuneReport;
import dev.penstock.tools.tune.report.TuneReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the report goes, beside the terminal. Set by picocli; not thread-safe. */
final class OutputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a page with charts into this file; it needs nothing else.")
    private @Nullable Path html;

    /** Refuses what cannot be written, before anything is measured. */
    void check() {
        new Rules(spec)
                .require(
                        "--html",
                        "must be another file than --json",
                        html + "",
                        html == null || json == null || !isSame(html, json));
        check("--json", json);
        check("--html", html);
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private void check(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        boolean isThere = Files.exists(file);
        try {
            makeDirectory(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!isThere) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be a file that can be written, but was " + file + " (" + e + ")",
                    e);
        }
    }

    private static void makeDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
    }

    /** Writes what was asked for; returns which files. */
    List<Path> write(TuneReport report) throws IOException {
        List<Path> written = new ArrayList<>();
        if (json != null) {
            written.add(Files.writeString(json, TuneReports.json(report) + "\n"));
        }
        if (html != null) {
            written.add(Files.writeString(html, TuneReports.html(report)));
        }
        return written;
    }
}
