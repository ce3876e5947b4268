package dev.penstock.spring.ecosystem;

import org.springframework.data.jpa.repository.JpaRepository;

/** Where JPA keeps it. */
interface Customers extends JpaRepository<Customer, Long> {}
