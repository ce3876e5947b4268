package dev.penstock.example.orders.trouble;

import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Holds a transaction open while another service is called: the connection, and every lock that it has, for as long as
 * that takes.
 *
 * <p><b>To watch:</b> after {@code penstock.leases.suspect-after} a WARN {@code IDLE_IN_TRANSACTION} whose live stack
 * stands in {@link Payments#charge}; after {@code penstock.session.idle-in-transaction-timeout} the server ends the
 * transaction with its connection, the code is told so by its next statement (25P03), and the pool makes another.
 *
 * <p><b>To mend:</b> charge first, and open the transaction then.
 */
@RestController
class Hold {
    private final Checkout checkout;

    Hold(Checkout checkout) {
        this.checkout = checkout;
    }

    @PostMapping("/trouble/hold")
    String hold(@RequestParam(defaultValue = "10") int seconds) {
        checkout.pay(Duration.ofSeconds(seconds));
        return "paid after " + seconds + " s\n";
    }
}
