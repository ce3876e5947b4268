package dev.penstock.example.orders.trouble;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Stands for a service somewhere else that takes its time to answer. */
@Component
class Payments {
    void charge(Duration answersAfter) {
        try {
            Thread.sleep(answersAfter.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the payment was under way", e);
        }
    }
}
