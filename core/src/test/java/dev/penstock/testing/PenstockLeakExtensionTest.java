package dev.penstock.testing;

import static dev.penstock.testing.JupiterRun.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The same tests of an application on Jupiter 6, here, and on Jupiter 5, in a JVM of its own. */
class PenstockLeakExtensionTest {
    @AfterAll
    static void closePools() {
        Stubs.closeAll();
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnJupiter6 extends OnAnyJupiter {
        @Override
        Map<String, String> run(Path folder) {
            Map<String, String> outcomes = new HashMap<>(JupiterRun.outcomes());
            outcomes.put("jar of Jupiter", JupiterRun.jarOfJupiter());
            return outcomes;
        }

        @Override
        String version() {
            return "6.";
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnJupiter5 extends OnAnyJupiter {
        @Override
        Map<String, String> run(Path folder) throws IOException, InterruptedException {
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            } finally {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            assertThat(process.exitValue()).as(text).isZero();
            return text.lines()
                    .filter(line -> line.contains("\t"))
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1].replace('\u2028', '\n')));
        }

        private List<String> command() throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return List.of(
                    java,
                    "-Dstdout.encoding=UTF-8",
                    "-Dfile.encoding=UTF-8",
                    "-cp",
                    classPath(),
                    JupiterRun.class.getName());
        }

        /** Ours, with the other Jupiter. */
        private static String classPath() throws IOException {
            Path jupiter5 = Path.of(System.getProperty("penstock.test.jupiter5"));
            try (Stream<Path> jars = Files.list(jupiter5)) {
                Stream<String> others = Arrays.stream(
                                System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry ->
                                !Path.of(entry).getFileName().toString().matches("(junit|jqwik|opentest4j)-.*"));
                return Stream.concat(jars.map(Path::toString), others).collect(Collectors.joining(File.pathSeparator));
            }
        }

        @Override
        String version() {
            return "5.";
        }
    }

    @Test
    void nothingIsNoDataSourceAndNoTimeIsNoLimit() {
        assertThatThrownBy(PenstockLeakExtension::watching)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dataSources must be one or more, but were none");
        assertThatThrownBy(() -> new PenstockLeakExtension().waitingFor(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be zero or more, but was PT-0.001S");
    }

    abstract static class OnAnyJupiter {
        private Map<String, String> outcomes;

        abstract Map<String, String> run(Path folder) throws IOException, InterruptedException;

        abstract String version();

        @BeforeAll
        void runOnce(@TempDir Path folder) throws IOException, InterruptedException {
            outcomes = run(folder);
        }

        private String outcome(String test) {
            assertThat(outcomes).containsKey(test);
            return outcomes.get(test);
        }

        @Test
        void isTheJupiterThatIsMeant() {
            assertThat(outcome("jar of Jupiter")).contains("junit-jupiter-api-" + version());
        }

        @Test
        void whoGivesBackPasses() {
            assertThat(outcomes.keySet().stream().filter(test -> test.contains(".clean")))
                    .hasSize(8)
                    .allSatisfy(test -> assertThat(outcome(test)).matches("(" + PASSED + ")+"));
        }

        @Test
        void whoLeaksFailsWithThePlaceOfTheBorrow() {
            assertThat(outcomes.keySet().stream().filter(test -> test.contains(".leaks") && !test.contains("And")))
                    .hasSize(10)
                    .allSatisfy(test -> assertThat(outcome(test))
                            .contains("not been given back:", "borrowed here:", "at " + LeakCases.PLACE));
        }

        @Test
        void whatIsNotTheTestsIsNotHeldAgainstIt() {
            assertThat(outcome("GivenToStaticField.leaks")).contains("1 connection has not been given back:");
            assertThat(outcome("GivenToStaticField.leaksTwo")).contains("2 connections have not been given back:");
        }

        @Test
        void itsOwnFailureComesFirst() {
            assertThat(outcome("GivenToStaticField.leaksAndFails"))
                    .startsWith("org.opentest4j.AssertionFailedError: its own failure")
                    .contains("and java.lang.AssertionError: 1 connection has not been given back:");
        }

        @Test
        void whatCannotBeCheckedIsRefused() {
            assertThat(outcome("NothingToWatch.isRefused"))
                    .contains("nothing to watch", "NothingToWatch", "PenstockLeakExtension.watching(dataSource)");
            assertThat(outcome("NotPenstocks.isRefused")).contains("must be Penstock's", "PenstockControl");
            assertThat(outcome("NotDetected.isRefused")).contains("'unwatched'", "leases.detection must be true");
        }
    }
}
