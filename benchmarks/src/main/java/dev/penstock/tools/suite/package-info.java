/** The whole suite of benchmarks: its groups, their table in {@code RESULTS.md}, and whether a run has become worse. */
@NullMarked
package dev.penstock.tools.suite;

import org.jspecify.annotations.NullMarked;
