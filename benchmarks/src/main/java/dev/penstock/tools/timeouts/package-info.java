/** What the limits of sessions promise, measured over real pools and a real PostgreSQL. */
@NullMarked
package dev.penstock.tools.timeouts;

import org.jspecify.annotations.NullMarked;
