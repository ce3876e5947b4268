/** The plan of a pool budget from properties, or from a plan file: the same fields as in docs/budget.md. */
@NullMarked
package dev.penstock.spring.settings.plan;

import org.jspecify.annotations.NullMarked;
