package dev.penstock.example.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Somebody has ordered something. */
@Entity
@Table(name = "orders")
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class Order {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String customer;
    private long cents;
    private boolean paid;

    /** For Hibernate. */
    protected Order() {}

    /** A new one, not yet paid. */
    public Order(String customer, long cents) {
        this.customer = customer;
        this.cents = cents;
    }

    /** Null until it is stored. */
    public @Nullable Long getId() {
        return id;
    }

    public String getCustomer() {
        return customer;
    }

    public long getCents() {
        return cents;
    }

    public boolean isPaid() {
        return paid;
    }

    /** The money has come. */
    public void pay() {
        paid = true;
    }
}
