package dev.penstock.lab.junit;

import dev.penstock.lab.process.Programs;
import java.util.Optional;

/** Skips what cannot run without Prometheus' own tool for rules; see {@link NeedsPromtool}. */
public final class PromtoolRequired extends Requirement {
    @Override
    Optional<String> lack() {
        return Programs.find("promtool").isPresent()
                ? Optional.empty()
                : Optional.of("promtool is not installed: package prometheus");
    }
}
