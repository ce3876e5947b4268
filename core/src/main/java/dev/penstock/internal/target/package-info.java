/** What a JDBC URL and its properties ask for: hosts, server role, driver properties. */
@NullMarked
package dev.penstock.internal.target;

import org.jspecify.annotations.NullMarked;
