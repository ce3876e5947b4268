/** Properties of an environment as texts that know where they stand, and how one of them is refused. */
@NullMarked
package dev.penstock.spring.settings.source;

import org.jspecify.annotations.NullMarked;
