/**
 * What the starter adds to the start of an application: the same one is started with it and without it on the class path,
 * in JVMs of their own, in turn, so that what drifts on the machine hits both sides alike.
 */
@NullMarked
package dev.penstock.bench.start;

import org.jspecify.annotations.NullMarked;
