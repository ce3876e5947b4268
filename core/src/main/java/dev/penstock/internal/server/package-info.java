/**
 * The first line of defence: limits that the server itself enforces. Finds out what stands at an address, asks it for
 * the limits that are set, and reads back what it has.
 */
@NullMarked
package dev.penstock.internal.server;

import org.jspecify.annotations.NullMarked;
