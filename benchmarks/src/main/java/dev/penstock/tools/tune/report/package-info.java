/** What a run of {@code tune} has found: as a table, as JSON, and as a page of HTML that needs nothing else. */
@NullMarked
package dev.penstock.tools.tune.report;

import org.jspecify.annotations.NullMarked;
