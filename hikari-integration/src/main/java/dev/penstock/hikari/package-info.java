/**
 * HikariCP with Penstock below it: {@link dev.penstock.hikari.PenstockHikariDataSource} takes the place of
 * {@code HikariDataSource}.
 */
@NullMarked
package dev.penstock.hikari;

import org.jspecify.annotations.NullMarked;
