package dev.penstock.spring.ecosystem;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What JPA keeps. */
@Entity
class Customer {
    @Id
    private long id;

    private String name;

    protected Customer() {}

    Customer(long id, String name) {
        this.id = id;
        this.name = name;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }
}
