/** The Universal Scalability Law, and how it is fitted to measurements. */
@NullMarked
package dev.penstock.tools.tune.usl;

import org.jspecify.annotations.NullMarked;
