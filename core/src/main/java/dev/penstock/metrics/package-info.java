/** Metrics by Micrometer, which is an optional dependency: nothing else of Penstock refers to this package. */
@NullMarked
package dev.penstock.metrics;

import org.jspecify.annotations.NullMarked;
