/** Binds the meters of every pool to the application's registry, and gives HikariCP's other names if asked to. */
@NullMarked
package dev.penstock.spring.metrics;

import org.jspecify.annotations.NullMarked;
