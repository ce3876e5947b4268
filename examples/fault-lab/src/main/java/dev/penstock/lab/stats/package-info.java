/** What measured values say: medians, and estimates with their 95 % interval. Knows nothing of what is measured. */
@NullMarked
package dev.penstock.lab.stats;

import org.jspecify.annotations.NullMarked;
