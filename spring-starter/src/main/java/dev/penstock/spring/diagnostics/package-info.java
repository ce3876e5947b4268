/** What a start prints that fails because of what Penstock refuses, or because it found no database. */
@NullMarked
package dev.penstock.spring.diagnostics;

import org.jspecify.annotations.NullMarked;
