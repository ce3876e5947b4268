package dev.penstock.bench.start.app;

import org.springframework.data.jpa.repository.JpaRepository;

/** Something for Spring Data to make. */
public interface Items extends JpaRepository<Item, Long> {}
