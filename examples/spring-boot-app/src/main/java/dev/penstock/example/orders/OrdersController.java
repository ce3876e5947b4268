package dev.penstock.example.orders;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * As it should be: each request borrows a connection for as long as it needs it.
 *
 * <p><b>To watch:</b> nothing. {@code penstock_leases_open} is back at 0 as soon as the answer is there, and no line is
 * logged.
 */
@RestController
@RequestMapping("/orders")
class OrdersController {
    private final Orders orders;
    private final JdbcClient jdbc;

    OrdersController(Orders orders, JdbcClient jdbc) {
        this.orders = orders;
        this.jdbc = jdbc;
    }

    @GetMapping
    List<Order> unpaid() {
        return orders.findByPaidFalseOrderById();
    }

    @PostMapping
    Order order(@RequestParam String customer, @RequestParam long cents) {
        return orders.save(new Order(customer, cents));
    }

    @GetMapping("/totals")
    Map<String, Object> totals() {
        return jdbc.sql("select count(*) as orders, sum(cents) as cents from orders")
                .query()
                .singleRow();
    }
}
