package dev.penstock.example.orders.trouble;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Statements that take long. */
@Service
class Rows {
    private final JdbcClient jdbc;

    Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void sleep(Duration time) {
        jdbc.sql("select pg_sleep(?)::text")
                .param(time.toSeconds())
                .query(String.class)
                .single();
    }

    /** Nobody else gets the first order meanwhile. */
    @Transactional
    public void lock(Duration time) {
        jdbc.sql("select id from orders where id = 1 for update")
                .query(Long.class)
                .single();
        sleep(time);
    }
}
