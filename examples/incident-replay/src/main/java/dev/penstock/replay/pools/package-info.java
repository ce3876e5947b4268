/** Two pools, their borrowers, and what became of every borrow. */
@NullMarked
package dev.penstock.replay.pools;

import org.jspecify.annotations.NullMarked;
