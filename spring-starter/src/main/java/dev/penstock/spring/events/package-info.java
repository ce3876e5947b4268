/** Tells the application what happens to its pools: by its own listeners, and by Spring's events. */
@NullMarked
package dev.penstock.spring.events;

import org.jspecify.annotations.NullMarked;
