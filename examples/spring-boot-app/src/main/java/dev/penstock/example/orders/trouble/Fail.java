package dev.penstock.example.orders.trouble;

import dev.penstock.example.orders.Order;
import dev.penstock.example.orders.Orders;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Fails in the middle of a transaction.
 *
 * <p><b>To watch:</b> nothing. The transaction is rolled back and the connection given back: an error is no trouble for a
 * pool.
 */
@RestController
class Fail {
    private final Orders orders;

    Fail(Orders orders) {
        this.orders = orders;
    }

    @Transactional
    @PostMapping("/trouble/fail")
    public void fail() {
        orders.saveAndFlush(new Order("nobody", -1)); // a constraint refuses that
    }
}
