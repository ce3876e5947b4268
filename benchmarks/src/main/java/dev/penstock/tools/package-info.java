/** The runnable jar {@code penstock-tools}: one root command, one subcommand per question it answers. */
@NullMarked
package dev.penstock.tools;

import org.jspecify.annotations.NullMarked;
