/** What the commands have in common that measure rows of a table: {@code breaker}, {@code leaks}, {@code timeouts}. */
@NullMarked
package dev.penstock.tools.measure;

import org.jspecify.annotations.NullMarked;
