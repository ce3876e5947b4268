/**
 * The connector against real PostgreSQL, with every fault that the lab can make in between: what a caller gets, by
 * when, and what is left behind.
 */
@NullMarked
package dev.penstock.matrix;

import org.jspecify.annotations.NullMarked;
