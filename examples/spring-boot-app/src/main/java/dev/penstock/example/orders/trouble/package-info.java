/** One class for each way in which code misuses a pool, and what to watch of it. */
@NullMarked
package dev.penstock.example.orders.trouble;

import org.jspecify.annotations.NullMarked;
