/** The socket under every session: it stamps what passes, so that others can see it. */
@NullMarked
package dev.penstock.internal.socket;

import org.jspecify.annotations.NullMarked;
