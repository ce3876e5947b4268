package dev.penstock.lab.netns;

import dev.penstock.lab.process.Programs;
import dev.penstock.lab.process.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a {@link VanishingCase} in a JVM of its own, with this one's class path, in a network namespace of its own.
 *
 * <p>Not thread-safe; several may run at once.
 */
public final class NetworkNamespace {
    private static final Duration TO_DUMP = Duration.ofSeconds(1);
    private static final String OUT = "out";
    private static final String ERR = "err";

    private final Class<? extends VanishingCase> type;
    private final List<String> jvmOptions = new ArrayList<>();
    private Duration limit = Duration.ofMinutes(3);

    private NetworkNamespace(Class<? extends VanishingCase> type) {
        this.type = type;
    }

    /** Why this machine can run none, and what would help; empty if it can. Found out once. */
    public static Optional<String> lack() {
        return NamespaceSupport.LACK;
    }

    public static NetworkNamespace of(Class<? extends VanishingCase> type) {
        return new NetworkNamespace(type);
    }

    /**
     * How long the whole run may take, the start of the JVM included; the default is three minutes, to end what hangs,
     * not to judge.
     */
    public NetworkNamespace limit(Duration duration) {
        this.limit = duration;
        return this;
    }

    /** Further options of the JVM, for example system properties that the case reads. */
    public NetworkNamespace jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /**
     * Runs the case to its end, and ends every process that it leaves.
     *
     * @throws AssertionError when the case threw anything, or did not end within its limit; with its stack (of all
     *     threads in the second case) and its output
     */
    public Outcome run() {
        try (ServerDirectory folder = ServerDirectory.create("netns");
                NamespaceProcess process = new NamespaceProcess(start(folder))) {
            if (!process.endedWithin(limit)) {
                process.dumpThreads();
                boolean unused = process.endedWithin(TO_DUMP);
                throw new AssertionError(type.getName() + ", process " + process.pid() + ", did not end within "
                        + limit.toMillis() + " ms.\n"
                        + texts(folder, OUT, ERR));
            }
            if (process.exit() != 0) {
                throw new AssertionError(type.getName() + " failed in its network namespace with exit code "
                        + process.exit() + ".\n" + texts(folder, NamespaceMain.FAILURE, OUT, ERR));
            }
            return new Outcome(values(folder), text(folder, OUT), text(folder, ERR));
        }
    }

    private Process start(ServerDirectory folder) {
        try {
            return new ProcessBuilder(command(folder))
                    .redirectOutput(Redirect.to(folder.file(OUT).toFile()))
                    .redirectError(Redirect.to(folder.file(ERR).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + type.getName(), e);
        }
    }

    private List<String> command(ServerDirectory folder) {
        List<String> words = new ArrayList<>(NamespaceSupport.unshare());
        words.add(Programs.java().toString());
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.add("-Djava.io.tmpdir=" + folder.root());
        // Unpacked binaries are kept where they always are: they must survive the folder.
        words.add("-Dot.epg.working-dir=" + Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"));
        // No container shares the namespace.
        words.add("-Dpenstock.test.postgres=embedded");
        handOn("penstock.test.postgres.major", words);
        handOn("penstock.test.postgres.binaries", words);
        words.addAll(jvmOptions);
        words.addAll(List.of(NamespaceMain.class.getName(), type.getName(), NamespaceLink.own()));
        words.add(folder.root().toString());
        return words;
    }

    private static void handOn(String property, List<String> words) {
        String value = System.getProperty(property);
        if (value != null) {
            words.add("-D" + property + "=" + value);
        }
    }

    private static Map<String, String> values(ServerDirectory folder) {
        Map<String, String> values = new LinkedHashMap<>();
        text(folder, NamespaceMain.VALUES).lines().forEach(line -> {
            String[] pair = line.split("=", 2);
            values.put(pair[0], pair[1]);
        });
        return values;
    }

    private static String texts(ServerDirectory folder, String... names) {
        StringBuilder texts = new StringBuilder();
        for (String name : names) {
            texts.append("--- ").append(name).append('\n').append(text(folder, name));
        }
        return texts.toString();
    }

    private static String text(ServerDirectory folder, String name) {
        try {
            Path file = folder.file(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is left of a case that went well.
     *
     * @param values what it reported, by name
     * @param out its standard output
     * @param err its standard error, logs included
     */
    public record Outcome(Map<String, String> values, String out, String err) {}
}
