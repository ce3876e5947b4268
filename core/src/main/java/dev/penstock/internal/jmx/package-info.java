/** Shows a pool to JMX. */
@NullMarked
package dev.penstock.internal.jmx;

import org.jspecify.annotations.NullMarked;
