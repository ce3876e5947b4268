/** The one time source and the one deadline; nothing else in Penstock reads a clock. */
@NullMarked
package dev.penstock.internal.time;

import org.jspecify.annotations.NullMarked;
