/** Beside the route: the second line of every limit, the client's own, for when the server does not enforce it. */
@NullMarked
package dev.penstock.internal.watchdog;

import org.jspecify.annotations.NullMarked;
