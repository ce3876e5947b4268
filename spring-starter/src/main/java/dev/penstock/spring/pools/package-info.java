/** Puts Penstock below and above the DataSources of a context, and knows them. */
@NullMarked
package dev.penstock.spring.pools;

import org.jspecify.annotations.NullMarked;
