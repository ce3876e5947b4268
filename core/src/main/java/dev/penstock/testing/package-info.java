/**
 * For tests of applications: no connection stays on loan unnoticed. Works with any test framework; with JUnit Jupiter,
 * which is an optional dependency, there is an extension.
 */
@NullMarked
package dev.penstock.testing;

import org.jspecify.annotations.NullMarked;
