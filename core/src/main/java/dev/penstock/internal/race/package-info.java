/** Stage three: the rules by which addresses race (RFC 8305), free of clocks, threads and I/O. */
@NullMarked
package dev.penstock.internal.race;

import org.jspecify.annotations.NullMarked;
