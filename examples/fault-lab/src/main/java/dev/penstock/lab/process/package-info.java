/** Programs of this machine: where they are, how they are run, signalled and ended by their own process ids. */
@NullMarked
package dev.penstock.lab.process;

import org.jspecify.annotations.NullMarked;
