/** What the terminal shows, and which promises were kept. */
@NullMarked
package dev.penstock.replay.report;

import org.jspecify.annotations.NullMarked;
