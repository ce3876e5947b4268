/**
 * {@code tune}: which size of a pool a server, a statement mix and a latency target call for. {@link
 * dev.penstock.tools.tune.TuneCommand} puts together what the packages below do: the load on a real server, the search
 * for the size, the report.
 */
@NullMarked
package dev.penstock.tools.tune;

import org.jspecify.annotations.NullMarked;
