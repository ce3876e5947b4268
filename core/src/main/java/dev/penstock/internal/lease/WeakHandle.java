package dev.penstock.internal.lease;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** Of a lease that is not young any more: tells by way of a queue that its handle was collected, so nobody has to ask. */
final class WeakHandle extends WeakReference<LeasedConnection> {
    final Slot slot;
    final long lease;

    WeakHandle(LeasedConnection handle, ReferenceQueue<LeasedConnection> queue) {
        super(handle, queue);
        this.slot = handle.slot();
        this.lease = handle.lease();
    }
}
