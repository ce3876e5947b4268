package dev.penstock.internal.connect;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets somebody else end a connect. Thread-safe. */
public final class Leash {
    private @Nullable Consumer<String> connect; // guarded by this
    private @Nullable String ended; // guarded by this

    /** The connect that it holds; ended at once if it is too late. */
    public void hold(Consumer<String> abandon) {
        String because;
        synchronized (this) {
            connect = abandon;
            because = ended;
        }
        if (because != null) {
            abandon.accept(because);
        }
    }

    /** Ends the connect; its caller gets an exception that says why. Only the first time counts. */
    public void end(String because) {
        Consumer<String> abandon;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = because;
            abandon = connect;
        }
        if (abandon != null) {
            abandon.accept(because);
        }
    }

    /** Whether somebody has ended it. */
    public synchronized boolean hasEnded() {
        return ended != null;
    }
}
