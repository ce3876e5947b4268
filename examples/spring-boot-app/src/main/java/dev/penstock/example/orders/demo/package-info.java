/** What makes the application start by one command: a database of its own, and a text that says what to try. */
@NullMarked
package dev.penstock.example.orders.demo;

import org.jspecify.annotations.NullMarked;
