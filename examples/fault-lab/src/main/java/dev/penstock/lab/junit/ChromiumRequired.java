package dev.penstock.lab.junit;

import dev.penstock.lab.process.Chromium;
import java.util.Optional;

/** Skips what cannot run without a browser; see {@link NeedsChromium}. */
public final class ChromiumRequired extends Requirement {
    @Override
    Optional<String> lack() {
        return Chromium.browser().isPresent() && Chromium.driver().isPresent()
                ? Optional.empty()
                : Optional.of("no browser is installed: packages chromium and chromium-driver");
    }
}
