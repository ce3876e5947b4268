/** Stage one: names to addresses, bounded in threads, single-flight, with a last good answer. */
@NullMarked
package dev.penstock.internal.resolve;

import org.jspecify.annotations.NullMarked;
