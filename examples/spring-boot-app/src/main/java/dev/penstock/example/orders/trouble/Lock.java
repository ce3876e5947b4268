package dev.penstock.example.orders.trouble;

import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Locks a row and keeps it for some seconds. Whoever else wants it meanwhile, another call of this for example, waits.
 *
 * <p><b>To watch,</b> when called twice at once: after {@code penstock.leases.suspect-after} a WARN {@code
 * WAITING_ON_LOCK} of the second, which says whose lock it is ({@code penstock.leases.lock-diagnosis}); after {@code
 * penstock.session.lock-timeout} the second is refused (55P03), and the first goes on.
 */
@RestController
class Lock {
    private final Rows rows;

    Lock(Rows rows) {
        this.rows = rows;
    }

    @PostMapping("/trouble/lock")
    String lock(@RequestParam(defaultValue = "5") int seconds) {
        rows.lock(Duration.ofSeconds(seconds));
        return "had the lock for " + seconds + " s\n";
    }
}
