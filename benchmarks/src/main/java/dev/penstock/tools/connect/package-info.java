/**
 * What Penstock costs where nothing is wrong: a healthy connect against the plain driver's, measured in pairs.
 *
 * <p>{@link dev.penstock.tools.connect.ConnectBenchCommand} starts a server and one fork after the other ({@link
 * dev.penstock.tools.pairs}); in each, {@link dev.penstock.tools.connect.ConnectForkCommand} measures.
 */
@NullMarked
package dev.penstock.tools.connect;

import org.jspecify.annotations.NullMarked;
