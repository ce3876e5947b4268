package dev.penstock.example.orders.trouble;

import dev.penstock.example.orders.Order;
import dev.penstock.example.orders.Orders;
import java.time.Duration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pays, with everything in one transaction: the other service too. */
@Service
class Checkout {
    private final Orders orders;
    private final Payments payments;

    Checkout(Orders orders, Payments payments) {
        this.orders = orders;
        this.payments = payments;
    }

    @Transactional
    public void pay(Duration answersAfter) {
        Order order = orders.saveAndFlush(new Order("Grace", 4_200));
        payments.charge(answersAfter); // nothing for the database to do, and the transaction is open
        order.pay();
    }
}
