package dev.penstock.example.orders;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Where they are kept. */
public interface Orders extends JpaRepository<Order, Long> {
    /** Those that are still to be paid. */
    List<Order> findByPaidFalseOrderById();
}
