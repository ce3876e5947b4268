package dev.penstock.internal.connect;

import dev.penstock.PenstockListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The names of the events, in the order in which they came. */
final class Recorder implements PenstockListener {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void connectStarted(ConnectStarted event) {
        events.add("started");
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        events.add("attempt " + event.attempt().outcome());
    }

    @Override
    public void sessionSilent(SessionSilent event) {
        events.add("silent");
    }

    @Override
    public void connectSucceeded(ConnectSucceeded event) {
        events.add("succeeded");
    }

    @Override
    public void connectFailed(ConnectEnded event) {
        events.add("failed " + event.failure().outcome());
    }
}
