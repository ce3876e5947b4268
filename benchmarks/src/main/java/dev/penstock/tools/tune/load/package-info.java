/** Work for a real server: statement mixes, callers, pools; and what keeps the server from harm. */
@NullMarked
package dev.penstock.tools.tune.load;

import org.jspecify.annotations.NullMarked;
