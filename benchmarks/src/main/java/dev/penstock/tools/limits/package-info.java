/**
 * What limits cost where none is reached: a round trip with all of them against one without, measured in pairs.
 *
 * <p>{@link dev.penstock.tools.limits.LimitsBenchCommand} starts a server and one fork after the other ({@link
 * dev.penstock.tools.pairs}); in each, {@link dev.penstock.tools.limits.LimitsForkCommand} measures {@link
 * dev.penstock.tools.limits.RoundTrips}.
 */
@NullMarked
package dev.penstock.tools.limits;

import org.jspecify.annotations.NullMarked;
