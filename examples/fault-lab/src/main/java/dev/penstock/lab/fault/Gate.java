package dev.penstock.lab.fault;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets everybody through while it is open. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean shut; // guarded by lock

    void shut() {
        set(true);
    }

    void open() {
        set(false);
    }

    private void set(boolean value) {
        lock.lock();
        try {
            shut = value;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void pass() throws InterruptedException {
        lock.lock();
        try {
            while (shut) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
