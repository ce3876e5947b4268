/** From {@code penstock.*} properties to the configuration of each pool, or to an error that says where and what. */
@NullMarked
package dev.penstock.spring.settings;

import org.jspecify.annotations.NullMarked;
