package dev.penstock.spring.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What a start prints that fails because of a {@code penstock.*} property: what, where, what is allowed, what to do. */
final class InvalidPropertyAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
        String where = cause.origin() == null ? "" : "\n\n    Origin: " + cause.origin();
        String description =
                "A setting of Penstock's is refused:\n\n    Property: " + cause.property() + "\n    Value: "
                        + cause.value() + where.replaceFirst("^\n\n", "\n") + "\n    Reason: " + cause.property() + " "
                        + cause.rule();
        return new FailureAnalysis(description, action(cause), cause);
    }

    private static String action(InvalidPropertyException cause) {
        if (cause.rule().contains("in code only")) {
            return "Take the property out, and declare a bean of type dev.penstock.spring.PenstockConfigCustomizer that"
                    + " sets it. What can be set, and to what, stands in docs/settings.md.";
        }
        return "Correct the property, or take it out: every setting has a default. What can be set, and to what, stands"
                + " in docs/settings.md; penstock.enabled=false starts the application without Penstock.";
    }
}
