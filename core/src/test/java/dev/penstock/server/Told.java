package dev.penstock.server;

import dev.penstock.LimitsInForce;
import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was told of limits that are not in force. Thread-safe. */
final class Told implements PenstockListener {
    private final List<LimitsInForce> events = new CopyOnWriteArrayList<>();

    @Override
    public void limitsNotInForce(LimitsNotInForce event) {
        events.add(event.server());
    }

    /** What has been told by now; another thread tells it. */
    List<LimitsInForce> soFar() {
        return events;
    }

    /** Waits until that many were told. */
    List<LimitsInForce> await(int count) {
        Await.until(count + " events, " + events, Duration.ofSeconds(10), () -> events.size() >= count);
        return events;
    }

    List<String> reasons() {
        return events.stream().map(LimitsInForce::reason).toList();
    }
}
