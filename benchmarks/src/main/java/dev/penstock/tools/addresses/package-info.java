/**
 * Connects that must succeed although most addresses of a name, or the server itself, are in a bad way; the
 * counterpart of the fault matrix, where they must fail in time.
 *
 * <p>In the order of use: {@link dev.penstock.tools.addresses.AddressCases} starts {@link
 * dev.penstock.tools.addresses.WaitingCases} and runs {@link dev.penstock.tools.addresses.TimedCases}, each on a
 * {@link dev.penstock.tools.addresses.NamedService}, of {@link dev.penstock.tools.addresses.Attempt}s; {@link
 * dev.penstock.tools.addresses.CaseResult} judges them, {@link dev.penstock.tools.addresses.AddressReport} prints.
 */
@NullMarked
package dev.penstock.tools.addresses;

import org.jspecify.annotations.NullMarked;
