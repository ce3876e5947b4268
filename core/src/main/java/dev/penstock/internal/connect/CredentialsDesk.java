package dev.penstock.internal.connect;

import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.internal.time.ContextLoader;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls the user's credentials supplier under the deadline. A call cannot be ended from outside, so who
 * comes while one is under way waits for the same one. But not for ever: a call that hangs, on a token
 * service that died without a word, would hold up the pool long after that service is back. So a second
 * one is made beside it after {@link #PATIENCE}, a third after twice that, and so on: an outage of a week
 * costs fifteen threads. Thread-safe.
 */
final class CredentialsDesk {
    /** Longer than any token service may sensibly take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CredentialsSupplier supplier;
    private final Ticker ticker;

    private final Deque<Call> underWay = new ArrayDeque<>(); // guarded by this; the latest is last

    private record Call(long startedAt, CompletableFuture<Credentials> answer) {}

    CredentialsDesk(CredentialsSupplier supplier, Ticker ticker) {
        this.supplier = supplier;
        this.ticker = ticker;
    }

    /** The answer of the latest call under way, or of a new one; the future is the caller's own to cancel. */
    CompletableFuture<Credentials> ask() {
        return call().answer().copy();
    }

    private synchronized Call call() {
        long now = ticker.nanos();
        Call latest = underWay.peekLast();
        if (latest != null && now - latest.startedAt() < patience()) {
            return latest;
        }
        Call call = new Call(now, new CompletableFuture<>());
        underWay.add(call);
        start(call);
        return call;
    }

    /** With the lock held. */
    private long patience() {
        return PATIENCE.toNanos() << Math.min(underWay.size() - 1, 20);
    }

    private void start(Call call) {
        try {
            Workers.run(ContextLoader.ofCaller().lentTo(() -> carryOut(call)));
        } catch (RuntimeException | Error e) {
            finish(call, null, e);
        }
    }

    private void carryOut(Call call) {
        try {
            Credentials credentials = supplier.get();
            finish(call, credentials, credentials == null ? new NullPointerException("supplier returned null") : null);
        } catch (Throwable e) { // the user's code: whatever it throws ends this connect only
            finish(call, null, e);
        }
    }

    /** The desk is free before the answer is out, so that whoever fails because of it can ask again. */
    private void finish(Call call, @Nullable Credentials credentials, @Nullable Throwable failure) {
        synchronized (this) {
            underWay.remove(call);
        }
        if (failure != null) {
            call.answer().completeExceptionally(failure);
        } else {
            call.answer().complete(credentials);
        }
    }
}
