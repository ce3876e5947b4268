/**
 * Penstock: PostgreSQL connections that arrive in time or fail in time.
 *
 * <p>This package, {@code dev.penstock.hikari} and the packages named in the documentation are the
 * public API; everything below {@code dev.penstock.internal} may change without notice.
 */
@NullMarked
package dev.penstock;

import org.jspecify.annotations.NullMarked;
