/** Numbers into text: tables, JSON. Knows nothing of what is measured. */
@NullMarked
package dev.penstock.tools.report;

import org.jspecify.annotations.NullMarked;
