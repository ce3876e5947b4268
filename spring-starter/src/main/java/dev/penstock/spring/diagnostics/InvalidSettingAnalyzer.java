package dev.penstock.spring.diagnostics;

import dev.penstock.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A setting that is refused and does not come from a {@code penstock.*} property of the application. */
final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {
    private static final String ACTION =
            "Look for it in the parameters of the URL (jdbc:postgresql://...?penstock.*=...),"
                    + " in the pool's properties (spring.datasource.hikari.data-source-properties.*), in the system property"
                    + " penstock.enabled, and in code: a PenstockConfigCustomizer, or a PenstockConfig that the application"
                    + " builds. What can be set, and to what, stands in docs/settings.md.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        String description = new Lines("A setting of Penstock's is refused:")
                .add("Setting", cause.setting())
                .add("Value", cause.value())
                .add("Reason", "it " + cause.rule())
                .toString();
        return new FailureAnalysis(description, ACTION, cause);
    }
}
