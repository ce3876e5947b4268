/** Above the pool: who may ask it for a connection now, who waits, who is refused at once. */
@NullMarked
package dev.penstock.internal.gate;

import org.jspecify.annotations.NullMarked;
