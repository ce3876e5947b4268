/**
 * Elements of HTML and SVG, scales, axes and marks: as much of a chart library as a page without scripts takes. Knows
 * nothing of what is drawn.
 */
@NullMarked
package dev.penstock.tools.tune.report.svg;

import org.jspecify.annotations.NullMarked;
