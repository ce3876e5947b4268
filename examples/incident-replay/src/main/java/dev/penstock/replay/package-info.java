/** The incident on a real PostgreSQL: plain HikariCP and pgjdbc beside Penstock. */
@NullMarked
package dev.penstock.replay;

import org.jspecify.annotations.NullMarked;
