package dev.penstock.tools.tune.report;

import java.time.Duration;

/** Text for terminals, some of which know nothing but ASCII. */
public final class Ascii {
    private Ascii() {}

    static String time(Duration duration) {
        return Numbers.time(duration).replace('\u00b5', 'u');
    }

    /** What a server or a file says must not steer the terminal: no control characters, no change of direction. */
    public static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029\\x{80}-\\x{9f}]", "?");
    }
}
