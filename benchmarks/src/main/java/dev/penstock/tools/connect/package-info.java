/**
 * What Penstock costs where nothing is wrong: a healthy connect against the plain driver's, measured in pairs.
 *
 * <p>{@link dev.penstock.tools.connect.ConnectBenchCommand} starts a server and one {@link
 * dev.penstock.tools.connect.Fork} after the other; in each, {@link dev.penstock.tools.connect.ConnectForkCommand}
 * measures and prints a {@link dev.penstock.tools.connect.ForkResult}.
 */
@NullMarked
package dev.penstock.tools.connect;

import org.jspecify.annotations.NullMarked;
