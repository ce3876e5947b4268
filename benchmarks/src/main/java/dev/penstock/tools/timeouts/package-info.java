/** {@code timeouts}: whether limits hold, whatever the server, the network or the application does about them. */
@NullMarked
package dev.penstock.tools.timeouts;

import org.jspecify.annotations.NullMarked;
