/** A SOCKS proxy for tests. */
@NullMarked
package dev.penstock.lab.socks;

import org.jspecify.annotations.NullMarked;
