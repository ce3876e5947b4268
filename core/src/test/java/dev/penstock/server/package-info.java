/** The first line of defence, the server: what its sessions have, and what stands in the way. */
@NullMarked
package dev.penstock.server;

import org.jspecify.annotations.NullMarked;
