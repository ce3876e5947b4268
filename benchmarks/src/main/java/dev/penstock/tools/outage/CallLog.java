package dev.penstock.tools.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the callers of one cell saw. Thread-safe. */
final class CallLog {
    private final List<Call> calls = new ArrayList<>(); // guarded by this
    private final AtomicReferenceArray<Call> lastServed;

    CallLog(int callers) {
        lastServed = new AtomicReferenceArray<>(callers);
    }

    void add(Call call) {
        if (call.outcome() == Outcome.SERVED) {
            lastServed.set(call.caller(), call);
        }
        synchronized (this) {
            calls.add(call);
        }
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Whether each of the callers was served at or after that instant. */
    boolean everyoneServedSince(long instant) {
        for (int i = 0; i < lastServed.length(); i++) {
            Call last = lastServed.get(i);
            if (last == null || last.endedAt() - instant < 0) {
                return false;
            }
        }
        return true;
    }
}
