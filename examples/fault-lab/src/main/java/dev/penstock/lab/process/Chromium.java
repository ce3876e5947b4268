package dev.penstock.lab.process;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser without a screen, and the program that steers it. Debian: packages chromium and chromium-driver. */
public final class Chromium {
    private Chromium() {}

    /** Debian's name, an older one, and those of Google's own packages. */
    public static Optional<Path> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Programs.find(name).stream())
                .findFirst();
    }

    /** It must be as old as the browser. */
    public static Optional<Path> driver() {
        return Programs.find("chromedriver");
    }
}
