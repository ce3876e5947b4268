/** Stage four: one session opened by pgjdbc on one connected socket, under the deadline. */
@NullMarked
package dev.penstock.internal.session;

import org.jspecify.annotations.NullMarked;
