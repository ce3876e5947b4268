/** Has the timeouts of Spring's transactions enforced by the client. */
@NullMarked
package dev.penstock.spring.transaction;

import org.jspecify.annotations.NullMarked;
