package dev.penstock.spring.diagnostics;

import dev.penstock.spring.settings.source.InvalidPropertyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A {@code penstock.*} property: what, where, what is allowed, what to do. */
final class InvalidPropertyAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
        Lines lines = new Lines("A property of Penstock's is refused:")
                .add("Property", cause.property())
                .add("Value", cause.value());
        if (cause.origin() != null) {
            lines.add("Origin", cause.origin());
        }
        return new FailureAnalysis(lines.add("Reason", "it " + cause.rule()).toString(), cause.advice(), cause);
    }
}
