package dev.penstock.matrix;

import dev.penstock.ConnectAttempt;
import dev.penstock.PenstockListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a connector told. Thread-safe. */
final class Recorder implements PenstockListener {
    private final List<ConnectSucceeded> succeeded = new CopyOnWriteArrayList<>();
    private final List<ConnectAttempt> attempts = new CopyOnWriteArrayList<>();
    private final List<StaleAnswerUsed> stale = new CopyOnWriteArrayList<>();

    @Override
    public void connectSucceeded(ConnectSucceeded event) {
        succeeded.add(event);
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        attempts.add(event.attempt());
    }

    @Override
    public void staleAnswerUsed(StaleAnswerUsed event) {
        stale.add(event);
    }

    ConnectSucceeded lastSuccess() {
        return succeeded.get(succeeded.size() - 1);
    }

    /** All attempts of all connects, in the order in which they ended. */
    List<ConnectAttempt> attempts() {
        return attempts;
    }

    List<StaleAnswerUsed> stale() {
        return stale;
    }
}
