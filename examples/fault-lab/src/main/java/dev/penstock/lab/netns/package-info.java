/**
 * A network whose packets vanish, for code that runs in a JVM and a network namespace of its own.
 *
 * <p>A server that vanishes sends no RST, and nothing in user space can imitate that to an established connection: it
 * takes packet filter rules, and those take a namespace in order not to touch the machine's own network.
 */
@NullMarked
package dev.penstock.lab.netns;

import org.jspecify.annotations.NullMarked;
