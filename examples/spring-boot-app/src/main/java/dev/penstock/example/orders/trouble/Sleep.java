package dev.penstock.example.orders.trouble;

import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A statement that takes far too long.
 *
 * <p><b>To watch:</b> after {@code penstock.leases.suspect-after} a WARN {@code SLOW_STATEMENT} with the stack of the
 * thread that waits; after {@code penstock.session.statement-timeout} the server cancels the statement (57014) and the
 * connection goes back into the pool, fit for the next one. {@code /actuator/penstock} shows the limits in force.
 */
@RestController
class Sleep {
    private final Rows rows;

    Sleep(Rows rows) {
        this.rows = rows;
    }

    @PostMapping("/trouble/sleep")
    String sleep(@RequestParam(defaultValue = "60") int seconds) {
        rows.sleep(Duration.ofSeconds(seconds));
        return "slept for " + seconds + " s\n";
    }
}
