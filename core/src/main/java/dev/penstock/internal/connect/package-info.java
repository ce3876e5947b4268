/** The route of one connect from top to socket: resolve, order, race, open session. */
@NullMarked
package dev.penstock.internal.connect;

import org.jspecify.annotations.NullMarked;
