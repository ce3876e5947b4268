/** Against real PostgreSQL: what works with the plain driver must go on working with the connector. */
@NullMarked
package dev.penstock.feature;

import org.jspecify.annotations.NullMarked;
