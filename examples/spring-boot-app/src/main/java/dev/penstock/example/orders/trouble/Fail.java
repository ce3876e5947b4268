package dev.penstock.example.orders.trouble;

import dev.penstock.example.orders.Order;
import dev.penstock.example.orders.Orders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A statement that the database refuses.
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

    @PostMapping("/trouble/fail")
    String fail() {
        return "stored " + orders.save(new Order("Nobody", -1)).getId()
                + "\n"; // a constraint of the table is against it
    }
}
