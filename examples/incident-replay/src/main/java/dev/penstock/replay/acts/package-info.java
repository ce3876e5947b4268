/** What is replayed: one file per act. */
@NullMarked
package dev.penstock.replay.acts;

import org.jspecify.annotations.NullMarked;
