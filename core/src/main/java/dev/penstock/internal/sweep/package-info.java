/** Beside the route: the one thread that looks after what may last too long. */
@NullMarked
package dev.penstock.internal.sweep;

import org.jspecify.annotations.NullMarked;
