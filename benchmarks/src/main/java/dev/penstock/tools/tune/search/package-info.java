/**
 * Which size of a pool to measure next, and what to make of what was measured. Knows nothing of servers: {@link
 * dev.penstock.tools.tune.search.Load} is one, or the simulation of one.
 *
 * <h2>What is looked for</h2>
 *
 * The smallest size whose throughput is within 5 % (a setting) of the best there is, and whose 99th percentile of
 * waiting and service together meets the target, if there is one. The smallest, because each connection is a process
 * with its memory on the server and is taken from somebody else's budget.
 *
 * <h2>What is assumed</h2>
 *
 * By Little's law (1961) a pool of {@code n} connections none of which idles, and which gets {@code X} units of work done
 * per second, holds a connection for {@code S(n) = n / X(n)} per unit. That is the whole hold, from borrow to return: the
 * statements, what the server makes them wait for, the network, and what the caller does in between. All of it keeps the
 * connection from the next caller, so all of it belongs to the service time; whoever leaves out the round trips and the
 * thinking inside of a transaction takes the pool for larger than it is. Two things are assumed of {@code S}: that
 * it does not fall when there are more connections, and that it is convex: what one connection more costs all others
 * does not become less with their number. That is so for
 *
 * <ul>
 *   <li>the Universal Scalability Law (Neil J. Gunther, Guerrilla Capacity Planning, 2007), where {@code S} is a
 *       parabola;
 *   <li>processors or disks that are shared: {@code S} is level up to their number, then rises: a hard knee, which the
 *       law does not have;
 *   <li>a lock, fewer callers than connections, a rate of arrival below what the server can do: {@code S} rises in
 *       proportion to {@code n}, because throughput is what it is.
 * </ul>
 *
 * So throughput is fitted by the convex function {@code S} that comes nearest to the measurements
 * ({@code ConvexFit}), unless the law with its three coefficients is as near to them as chance explains, both
 * altogether and at each single size; then the law, which fewer measurements pin down better. The 99th percentile
 * near its target is fitted by a convex function too, one that may fall: more connections spare the wait, and get in each
 * other's way.
 *
 * <h2>What is measured</h2>
 *
 * <ol>
 *   <li>A sweep, each size about twice the one before, from small to large, so that a server shows signs of exhaustion
 *       before it is exhausted. It ends where throughput is lost for good.
 *   <li>Sizes that are out of line with their neighbours (above the chord of {@code S}, which is impossible; or the only
 *       ground for saying that throughput falls), again.
 *   <li>Where the best throughput may hide: between two sizes {@code S} lies above the lines through their neighbours, and
 *       where these cross is the most that is possible. With a hard knee that is the knee.
 *   <li>The edge: the size that seems to be the smallest that does, and the one below it, until they are next to each
 *       other.
 *   <li>What chance leaves open: 200 times measurements are drawn that might have been (a parametric bootstrap: the
 *       fitted curve, with errors as large as the measurements'), and the answer is computed from each. Sizes that do in
 *       some of them and do not in others are measured, in turn with the best throughput that they are compared with, so
 *       that a server that becomes slower meanwhile does so for both sides.
 * </ol>
 *
 * It ends when nothing is open, or when 40 % of what an exhaustive search would take is spent. The interval of the
 * answer is that of the bootstrap: 95 %. It covers chance, not what a wrong assumption or a server that changes for good
 * would do.
 *
 * <h2>One measurement does not decide</h2>
 *
 * A checkpoint, a vacuum, a neighbour: a value far from the curve through the others counts the less the farther it is
 * (Huber, 1964), with the size of usual errors taken from the median; what is reported by size is the median.
 *
 * <h2>What was rejected</h2>
 *
 * The law alone: with a hard knee it is off by ten per cent and more just where the answer is. Bisection on single
 * measurements: near the best, throughput changes by less from size to size than from one measurement to the next, and a
 * single wrong turn is final. Gaussian processes and the like: they know nothing of queues, and pay for it with
 * measurements.
 */
@NullMarked
package dev.penstock.tools.tune.search;

import org.jspecify.annotations.NullMarked;
