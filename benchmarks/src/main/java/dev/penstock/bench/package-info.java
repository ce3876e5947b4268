/** JMH benchmarks: {@code java -jar penstock-tools.jar jmh -l}. */
@NullMarked
package dev.penstock.bench;

import org.jspecify.annotations.NullMarked;
