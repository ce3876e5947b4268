/** Work that takes its time, and says to the byte or the row what of it has arrived. */
@NullMarked
package dev.penstock.lab.work;

import org.jspecify.annotations.NullMarked;
