/**
 * An application as any other: orders by JPA and by JdbcClient, migrations by Flyway. No class of it names Penstock: that
 * is a dependency and a few properties in {@code application.yaml}.
 */
@NullMarked
package dev.penstock.example.orders;

import org.jspecify.annotations.NullMarked;
