/** A real PgBouncer in front of a real PostgreSQL, where the machine has one installed. */
@NullMarked
package dev.penstock.lab.pgbouncer;

import org.jspecify.annotations.NullMarked;
