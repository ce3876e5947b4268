/** The tree of settings: keys, defaults, rules, and where each effective value came from. */
@NullMarked
package dev.penstock.internal.settings;

import org.jspecify.annotations.NullMarked;
