/** Penstock in a plain Java program. */
@NullMarked
package dev.penstock.example;

import org.jspecify.annotations.NullMarked;
