/**
 * JUnit Jupiter extensions: a shared PostgreSQL, and checks that nothing is left behind. No call that Jupiter 5 lacks.
 */
@NullMarked
package dev.penstock.lab.junit;

import org.jspecify.annotations.NullMarked;
