/**
 * Pools in Spring Boot's actuator: the endpoint {@code penstock} and the health of each pool. Both tell what is known
 * already: nothing here asks a database, waits for anything, or starts a pool, but the connect test that somebody asks
 * for.
 */
@NullMarked
package dev.penstock.spring.actuate;

import org.jspecify.annotations.NullMarked;
