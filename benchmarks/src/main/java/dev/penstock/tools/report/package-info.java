/** Numbers into text: tables, intervals, JSON. Knows nothing of what is measured. */
@NullMarked
package dev.penstock.tools.report;

import org.jspecify.annotations.NullMarked;
