package dev.penstock.example.orders.trouble;

import org.springframework.jdbc.core.simple.JdbcClient;
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
    private final JdbcClient jdbc;

    Sleep(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/trouble/sleep")
    String sleep(@RequestParam(defaultValue = "60") int seconds) {
        jdbc.sql("select pg_sleep(?)").param(seconds).query((row, number) -> "").list();
        return "slept for " + seconds + " s\n";
    }
}
