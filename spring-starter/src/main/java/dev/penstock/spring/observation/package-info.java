/** Each borrow as an Observation, where that is asked for. */
@NullMarked
package dev.penstock.spring.observation;

import org.jspecify.annotations.NullMarked;
