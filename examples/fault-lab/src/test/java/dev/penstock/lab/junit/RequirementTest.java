package dev.penstock.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class RequirementTest {
    private static final List<String> RAN = new ArrayList<>();

    @BeforeEach
    void forget() {
        RAN.clear();
    }

    @Test
    void aClassIsSkippedBeforeItsSetUpAndSaysWhatToInstall() {
        String printed = run(LackingClass.class);

        assertThat(RAN)
                .containsExactly("ABORTED SKIPPED " + LackingClass.class.getName() + ": nothing is there: package x");
        assertThat(printed).contains("SKIPPED " + LackingClass.class.getName() + ": nothing is there: package x");
    }

    @Test
    void aMethodIsSkippedAloneAndSaysWhatToInstall() {
        String printed = run(LackingMethod.class);

        String name = LackingMethod.class.getName() + " needsMore()";
        assertThat(RAN)
                .containsExactlyInAnyOrder("needsNothing", "ABORTED SKIPPED " + name + ": nothing is there: package x");
        assertThat(printed).contains("SKIPPED " + name);
    }

    @Test
    void whatIsThereIsUsed() {
        assertThat(run(Satisfied.class)).doesNotContain("SKIPPED");

        assertThat(RAN).containsExactly("runs");
    }

    /** What was printed on standard error. */
    private static String run(Class<?> samples) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new Aborted())
                .build();
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create(config)
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(samples))
                            .build());
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static final class Aborted implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                RAN.add("ABORTED " + result.getThrowable().orElseThrow().getMessage());
            }
        }
    }

    static final class Lacking extends Requirement {
        @Override
        Optional<String> lack() {
            return Optional.of("nothing is there: package x");
        }
    }

    static final class Fulfilled extends Requirement {
        @Override
        Optional<String> lack() {
            return Optional.empty();
        }
    }

    @ExtendWith(Lacking.class)
    static class LackingClass {
        @BeforeAll
        static void prepare() {
            RAN.add("prepared");
        }

        @Test
        void neverRuns() {
            RAN.add("ran");
        }
    }

    static class LackingMethod {
        @Test
        @ExtendWith(Lacking.class)
        void needsMore() {
            RAN.add("ran");
        }

        @Test
        void needsNothing() {
            RAN.add("needsNothing");
        }
    }

    @ExtendWith(Fulfilled.class)
    static class Satisfied {
        @Test
        void runs() {
            RAN.add("runs");
        }
    }
}
