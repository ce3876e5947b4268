package dev.penstock.feature;

import dev.penstock.ConnectFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Everything that a program could print of an exception. */
final class Throwables {
    private Throwables() {}

    /** Messages, causes, suppressed ones, attempts and their causes, without the frames. */
    static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        collect(failure, Collections.newSetFromMap(new IdentityHashMap<>()), text);
        return text.toString();
    }

    private static void collect(Throwable failure, Set<Throwable> seen, StringBuilder text) {
        if (!seen.add(failure)) {
            return;
        }
        text.append(failure).append('\n').append(failure.getLocalizedMessage()).append('\n');
        if (failure instanceof ConnectFailure ours) {
            ours.attempts().forEach(attempt -> {
                text.append(attempt).append('\n');
                if (attempt.cause() != null) {
                    collect(attempt.cause(), seen, text);
                }
            });
        }
        if (failure.getCause() != null) {
            collect(failure.getCause(), seen, text);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, seen, text);
        }
    }
}
