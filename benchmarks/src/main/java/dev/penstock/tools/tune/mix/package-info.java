/**
 * What callers do to a server: units of work with weights, read from a file of statements. {@link
 * dev.penstock.tools.tune.mix.MixReader} tells how such a file looks, {@link dev.penstock.tools.tune.mix.Trial} tries
 * each statement once.
 */
@NullMarked
package dev.penstock.tools.tune.mix;

import org.jspecify.annotations.NullMarked;
