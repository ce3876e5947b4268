/** What went wrong: classes of failure, the report with one line per attempt, masking. */
@NullMarked
package dev.penstock.internal.failure;

import org.jspecify.annotations.NullMarked;
