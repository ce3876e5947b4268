/** The check of a pool against a declared plan: what the server really allows, asked for over one short connection. */
@NullMarked
package dev.penstock.internal.budget;

import org.jspecify.annotations.NullMarked;
