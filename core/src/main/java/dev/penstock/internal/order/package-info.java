/** Stage two: in which order hosts and addresses are tried, and what is remembered of them. */
@NullMarked
package dev.penstock.internal.order;

import org.jspecify.annotations.NullMarked;
