/**
 * The whole suite of benchmarks: its groups, their table in {@code RESULTS.md}, and whether a run has become worse.
 *
 * <p>{@link dev.penstock.tools.suite.BenchCommand} runs the {@link dev.penstock.tools.suite.Groups} one after the other
 * ({@link dev.penstock.tools.suite.SuiteRun}); each comes to a {@link dev.penstock.tools.suite.GroupResult}, all
 * together to a {@link dev.penstock.tools.suite.SuiteReport}. {@link dev.penstock.tools.suite.ResultsWriter} and {@link
 * dev.penstock.tools.suite.ResultsReader} are each other's inverse; {@link dev.penstock.tools.suite.ResultsCheck}
 * compares. Groups are beside what they measure, or in packages of their own below this one.
 */
@NullMarked
package dev.penstock.tools.suite;

import org.jspecify.annotations.NullMarked;
