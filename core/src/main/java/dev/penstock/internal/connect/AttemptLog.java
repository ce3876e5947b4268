package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What became of the attempts of one connect. Guarded by the lock of its {@link ConnectRun}. */
final class AttemptLog {
    /** A server that is starting up is asked again and again: the first ones and the latest are kept. */
    private static final int MOST = 200;

    private final List<ConnectAttempt> ended = new ArrayList<>();

    void add(ConnectAttempt attempt) {
        if (ended.size() >= MOST) {
            ended.remove(MOST / 2);
        }
        ended.add(attempt);
    }

    List<ConnectAttempt> inOrderOfStart() {
        if (ended.size() <= 1) {
            return List.copyOf(ended);
        }
        return ended.stream()
                .sorted(Comparator.comparing(ConnectAttempt::startedAfter))
                .toList();
    }
}
