/**
 * A real PostgreSQL for tests, embedded or in Docker: started, frozen, killed, restarted and removed again.
 */
@NullMarked
package dev.penstock.lab.postgres;

import org.jspecify.annotations.NullMarked;
