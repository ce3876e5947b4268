/** Beside the route: the threads that look after what may last too long. */
@NullMarked
package dev.penstock.internal.sweep;

import org.jspecify.annotations.NullMarked;
