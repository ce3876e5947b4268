package dev.penstock.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.net.ServerSocket;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class LeftoverCheckTest {
    private static CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void endLeftovers() {
        release.countDown();
        release = new CountDownLatch(1);
    }

    @Test
    void failsATestThatLeavesAThread() {
        TestExecutionSummary summary = run("leavesAThread");

        assertThat(summary.getTestsFailedCount()).isEqualTo(1);
        assertThat(summary.getFailures().get(0).getException())
                .hasMessageContaining("Threads left 100 ms after the test")
                .hasMessageContaining("penstock-left-behind")
                .hasMessageContaining("CountDownLatch");
    }

    @Test
    void passesATestWhoseThreadsEnd() {
        assertThat(run("endsItsThread").getTestsSucceededCount()).isEqualTo(1);
    }

    @Test
    void looksAwayFromThreadsThatMayStay() {
        assertThat(run("leavesAResolver").getTestsSucceededCount()).isEqualTo(1);
    }

    @Test
    void countsSocketsWhereTheKernelTells() throws Exception {
        int before = OpenSockets.count().orElse(-1);
        try (ServerSocket socket = new ServerSocket(0)) {
            int during = OpenSockets.count().orElse(-1);
            assertThat(socket.isBound()).isTrue();
            assertThat(during).isEqualTo(before < 0 ? -1 : before + 1);
        }
    }

    private static TestExecutionSummary run(String method) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Untidy.class, method))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create(config).execute(request, listener);
        TestExecutionSummary summary = Objects.requireNonNull(listener.getSummary());
        assertThat(summary.getTestsStartedCount()).isEqualTo(1);
        return summary;
    }

    /** Not found by a scan: only {@link #run} asks for it. */
    @NoLeftovers(withinMillis = 100)
    static class Untidy {
        @Test
        void leavesAThread() {
            start("penstock-left-behind");
        }

        @Test
        void leavesAResolver() {
            start("penstock-resolver-1");
        }

        @Test
        void endsItsThread() {
            start("penstock-left-behind");
            release.countDown();
        }

        private static void start(String name) {
            CountDownLatch until = release;
            Thread thread = new Thread(
                    () -> {
                        try {
                            until.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }
    }
}
