/** Measures connects in a JVM of its own, whose name service is a hosts file. */
@NullMarked
package dev.penstock.replay.connects;

import org.jspecify.annotations.NullMarked;
