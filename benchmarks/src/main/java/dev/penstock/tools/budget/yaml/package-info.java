/**
 * Plans as YAML 1.2: read strictly, with line and column of whatever is refused, and written so that reading gives the
 * same plan. Keys are named as the components of the records in {@link dev.penstock.budget}.
 */
@NullMarked
package dev.penstock.tools.budget.yaml;

import org.jspecify.annotations.NullMarked;
