package dev.penstock.example.orders.trouble;

import dev.penstock.example.orders.Order;
import dev.penstock.example.orders.Orders;
import java.time.Duration;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Holds a transaction open while another service is called: the connection and every lock of it are held for as long as
 * that takes.
 *
 * <p><b>To watch:</b> after {@code penstock.leases.suspect-after} a WARN {@code IDLE_IN_TRANSACTION} whose live stack
 * stands in {@link Payments#charge}; after {@code penstock.session.idle-in-transaction-timeout} the server ends the
 * transaction with its connection (25P03), and the pool makes another.
 *
 * <p><b>To mend:</b> charge first, and open the transaction then.
 */
@RestController
class Hold {
    private final Orders orders;
    private final Payments payments;

    Hold(Orders orders, Payments payments) {
        this.orders = orders;
        this.payments = payments;
    }

    @Transactional
    @PostMapping("/trouble/hold")
    public String hold(@RequestParam(defaultValue = "60") int seconds) {
        Order order = orders.saveAndFlush(new Order("held", 1_00));
        payments.charge(Duration.ofSeconds(seconds));
        order.pay();
        orders.flush();
        return "paid after " + seconds + " s\n";
    }
}
