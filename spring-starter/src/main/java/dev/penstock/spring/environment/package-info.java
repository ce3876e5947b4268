/** What the starter adds to the environment of an application. */
@NullMarked
package dev.penstock.spring.environment;

import org.jspecify.annotations.NullMarked;
