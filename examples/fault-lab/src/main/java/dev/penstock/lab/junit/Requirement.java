package dev.penstock.lab.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Aborts tests that need what the machine lacks, before any set-up of theirs, and says so where it cannot be
 * overlooked: the reason of a skipped test is shown in no summary.
 */
abstract class Requirement implements BeforeAllCallback, BeforeEachCallback {

    /** What is missing, and what to install; empty if nothing is. */
    abstract Optional<String> lack();

    @Override
    public void beforeAll(ExtensionContext context) {
        check(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        check(context);
    }

    private void check(ExtensionContext context) {
        lack().ifPresent(what -> {
            String message = "SKIPPED " + name(context) + ": " + what;
            System.err.println(message);
            throw new TestAbortedException(message);
        });
    }

    private static String name(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        return context.getTestMethod().isPresent() ? type + " " + context.getDisplayName() : type;
    }
}
