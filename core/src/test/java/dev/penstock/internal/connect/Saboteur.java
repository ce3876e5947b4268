package dev.penstock.internal.connect;

import dev.penstock.PenstockListener;
import java.util.function.Supplier;

/** Throws whenever it is told anything. */
record Saboteur(Supplier<Throwable> what) implements PenstockListener {
    @Override
    public void connectStarted(ConnectStarted event) {
        sneak(what.get());
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        sneak(what.get());
    }

    @Override
    public void sessionSilent(SessionSilent event) {
        sneak(what.get());
    }

    @Override
    public void connectSucceeded(ConnectSucceeded event) {
        sneak(what.get());
    }

    @Override
    public void connectFailed(ConnectEnded event) {
        sneak(what.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable any) throws T {
        throw (T) any;
    }
}
