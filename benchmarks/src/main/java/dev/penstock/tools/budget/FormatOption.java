package dev.penstock.tools.budget;

import picocli.CommandLine.Option;

/** How the result is printed, where there is nothing else to choose. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "One of ${COMPLETION-CANDIDATES}. Default table.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Format format;
}
