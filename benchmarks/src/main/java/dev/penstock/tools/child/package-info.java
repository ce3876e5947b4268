/** A JVM of its own for a measurement, seen from its parent and from within. */
@NullMarked
package dev.penstock.tools.child;

import org.jspecify.annotations.NullMarked;
