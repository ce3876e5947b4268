package dev.penstock.bench.start;

/**
 * What is measured, and how it is judged.
 *
 * @param pairs of starts that count
 * @param most what the upper 95 % bound may be
 * @param check whether the exit code says that it is more
 */
record Options(int pairs, double most, boolean check) {
    static final String USAGE = "options: --pairs=N (2 to 1000; 30), --most=RATIO (1.05), --check";

    /** Throws an {@link IllegalArgumentException} for what it does not know. */
    static Options of(String... args) {
        Options options = new Options(30, 1.05, false);
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            options = options.with(parts[0], parts.length == 1 ? "" : parts[1], arg);
        }
        return options;
    }

    private Options with(String name, String value, String arg) {
        return switch (name) {
            case "--pairs" -> new Options(Integer.parseInt(value), most, check);
            case "--most" -> new Options(pairs, Double.parseDouble(value), check);
            case "--check" -> new Options(pairs, most, true);
            default -> throw new IllegalArgumentException("unknown: " + arg + "; " + USAGE);
        };
    }

    Options {
        if (pairs < 2 || pairs > 1000 || !(most > 0)) {
            throw new IllegalArgumentException(USAGE);
        }
    }
}
