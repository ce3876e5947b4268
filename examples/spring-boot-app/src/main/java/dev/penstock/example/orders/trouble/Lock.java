package dev.penstock.example.orders.trouble;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
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
    private final JdbcClient jdbc;

    Lock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @PostMapping("/trouble/lock")
    public String lock(@RequestParam(defaultValue = "7") int seconds) {
        jdbc.sql("select cents from orders where id = 1 for update")
                .query(Long.class)
                .single();
        jdbc.sql("select pg_sleep(?)").param(seconds).query((row, number) -> "").list();
        return "had the lock for " + seconds + " s\n";
    }
}
