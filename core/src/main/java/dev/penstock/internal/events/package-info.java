/** Carries what happens to listeners and the log, without letting them disturb the connect. */
@NullMarked
package dev.penstock.internal.events;

import org.jspecify.annotations.NullMarked;
