package dev.penstock.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class TagCensusTest {
    @TempDir
    Path folder;

    @Test
    void countsEachTagOfEveryTestThatRan() throws IOException {
        run(new TagCensus(folder.toString()), Mixed.class);

        assertThat(census())
                .containsExactlyInAnyOrder(line("all", 5, 1, 3), line("outer", 5, 1, 3), line("param", 3, 0, 0));
    }

    @Test
    void nestedTestsCarryTheTagsOfTheirEnclosingClass() throws IOException {
        run(new TagCensus(folder.toString()), Enclosing.class);

        assertThat(census())
                .containsExactlyInAnyOrder(line("all", 1, 0, 0), line("inner", 1, 0, 0), line("enclosing", 1, 0, 0));
    }

    @Test
    void aDisabledClassCountsItsTestsAsSkipped() throws IOException {
        run(new TagCensus(folder.toString()), Off.class);

        assertThat(census()).containsExactlyInAnyOrder(line("all", 0, 0, 2), line("off", 0, 0, 2));
    }

    @Test
    void aClassThatAnAssumptionEndsBeforeItsTestsCountsThemAsSkipped() throws IOException {
        run(new TagCensus(folder.toString()), Assuming.class);

        assertThat(census()).containsExactlyInAnyOrder(line("all", 0, 0, 2), line("assuming", 0, 0, 2));
    }

    @Test
    void withoutAFolderNothingIsWritten() throws IOException {
        run(new TagCensus(""), Mixed.class);

        assertThat(folder).isEmptyDirectory();
    }

    private static void run(TagCensus census, Class<?> samples) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(census)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(samples))
                .build();
        LauncherFactory.create(config).execute(request);
    }

    /** The lines without the class, whose name is that of the sample. */
    private List<String> census() throws IOException {
        Path file = folder.resolve(
                Runtime.version().feature() + "-" + ProcessHandle.current().pid() + ".txt");
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
    }

    private static String line(String tag, int passed, int failed, int skipped) {
        return tag + "\t" + passed + "\t" + failed + "\t" + skipped;
    }

    @Tag("outer")
    static class Mixed {
        @Test
        void passes() {}

        @Test
        void passesToo() {}

        @Test
        void fails() {
            fail("on purpose");
        }

        @Test
        void endedByAnAssumption() {
            assumeTrue(false);
        }

        @Test
        @Disabled("on purpose")
        void disabled() {}

        @ParameterizedTest
        @Disabled("on purpose: no invocation is known, so this is one")
        @ValueSource(ints = {1, 2, 3})
        void disabledTemplate(int number) {
            assertThat(number).isPositive();
        }

        @Tag("param")
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void parameterized(int number) {
            assertThat(number).isPositive();
        }
    }

    @Tag("enclosing")
    static class Enclosing {
        @Nested
        @Tag("inner")
        class Inner {
            @Test
            void passes() {}
        }
    }

    @Tag("off")
    @Disabled("on purpose")
    static class Off {
        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Tag("assuming")
    static class Assuming {
        @BeforeAll
        static void onAnotherMachine() {
            assumeTrue(false);
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }
}
