/** Who holds a connection, since when, doing what; and what becomes of one that does not come back. */
@NullMarked
package dev.penstock.internal.lease;

import org.jspecify.annotations.NullMarked;
