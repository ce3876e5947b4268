/**
 * A server of the user's: how a command is told which one, where the password comes from, and how it is asked. The
 * password is in no option, and in nothing that is printed.
 */
@NullMarked
package dev.penstock.tools.server;

import org.jspecify.annotations.NullMarked;
