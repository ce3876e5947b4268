package dev.penstock.internal.jmx;

import java.util.List;
import java.util.function.Function;

/** A list as text that no JMX client chokes on. Pure. */
final class Listing {
    /** Characters. */
    static final int LONGEST = 32_000;

    private static final String BETWEEN = System.lineSeparator();

    private Listing() {}

    /** As many as there is room for, from the first on, and how many more there are. */
    static <T> String of(List<T> things, Function<T, String> description, String ifNone) {
        StringBuilder text = new StringBuilder();
        int told = 0;
        for (T thing : things) {
            String next = description.apply(thing);
            if (text.length() + next.length() > LONGEST - 100) { // room for the last line
                break;
            }
            text.append(next).append(BETWEEN);
            told++;
        }
        if (told < things.size()) {
            text.append("... and ").append(things.size() - told).append(" more");
        }
        return things.isEmpty() ? ifNone : text.toString().strip();
    }
}
