/** The application whose start is measured: JPA and Flyway, and nothing that is Penstock's. */
@NullMarked
package dev.penstock.bench.start.app;

import org.jspecify.annotations.NullMarked;
