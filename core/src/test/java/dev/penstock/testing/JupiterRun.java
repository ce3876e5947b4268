package dev.penstock.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs {@link LeakCases} on the Jupiter that is on the class path, 5 or 6. */
final class JupiterRun implements TestExecutionListener {
    static final String PASSED = "passed";

    private final Map<String, String> outcomes = new TreeMap<>();

    private JupiterRun() {}

    /** Class and method, and {@link #PASSED} or what it failed with. */
    static Map<String, String> outcomes() {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().configurationParameter(LeakCases.WANTED, "true");
        LeakCases.ALL.forEach(type -> request.selectors(selectClass(type)));
        JupiterRun run = new JupiterRun();
        LauncherFactory.create(config).execute(request.build(), run);
        return run.outcomes;
    }

    /** One line per test, for another JVM to read. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("jar of Jupiter\t" + jarOfJupiter());
        outcomes().forEach((test, outcome) -> out.println(test + "\t" + outcome.replaceAll("\\R", "\u2028")));
    }

    static String jarOfJupiter() {
        return Test.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String outcome = result.getThrowable().map(JupiterRun::text).orElse(PASSED);
        if (test.getSource().orElse(null) instanceof MethodSource method && test.isTest()) {
            String type = method.getClassName().substring(method.getClassName().indexOf('$') + 1);
            outcomes.merge(type + "." + method.getMethodName(), outcome, (one, other) -> one + other);
        } else if (!outcome.equals(PASSED)) {
            outcomes.put(test.getDisplayName(), outcome);
        }
    }

    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (Throwable also : thrown.getSuppressed()) {
            text.append(" and ").append(also);
        }
        return text.toString();
    }
}
