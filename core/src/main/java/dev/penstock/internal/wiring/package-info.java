/**
 * Where the parts of a connector are put together, from the bottom up, and what stands above a pool. At run time
 * nothing of this works any more but {@link Orders}.
 *
 * <p>One {@code getConnection()}, from top to socket:
 *
 * <ol>
 *   <li>{@link dev.penstock.PenstockConnector}: the {@link dev.penstock.internal.connect.ConnectOrder} of this call,
 *       from {@link Orders}
 *   <li>{@link dev.penstock.internal.breaker.BreakerRoute}: may it be tried now? (with {@code breaker.mode=off} {@link
 *       dev.penstock.internal.connect.DeadlineRoute}, while Penstock is off {@link
 *       dev.penstock.internal.connect.PlainRoute}, and that is all: {@link Way} chooses)
 *   <li>{@link dev.penstock.internal.connect.ConnectRoute}: the deadline begins; a run of its own for each connect
 *   <li>{@code ConnectRun}: credentials, the race, hand-over
 *   <li>{@code RunningRace}: names are looked up, addresses dialled side by side, as {@link
 *       dev.penstock.internal.race.Race} says
 *   <li>{@link dev.penstock.internal.session.SessionOpener}: TLS, startup and authentication, by pgjdbc, on a {@link
 *       dev.penstock.internal.socket.StampedSocket}; {@link dev.penstock.internal.server.FirstLine} has the server know
 *       the limits
 *   <li>back in {@code ConnectRoute.handOut}: {@link dev.penstock.internal.session.Sessions} knows the session from now
 *       on, and {@link dev.penstock.internal.watchdog.Watchdog} holds it to its limits
 * </ol>
 *
 * <p>And one of a pool: {@link dev.penstock.PoolGate}, which lets the caller through ({@link
 * dev.penstock.internal.gate.Gate}) and makes a lease of what the pool lends ({@link
 * dev.penstock.internal.lease.LeaseDesk}).
 */
@NullMarked
package dev.penstock.internal.wiring;

import org.jspecify.annotations.NullMarked;
