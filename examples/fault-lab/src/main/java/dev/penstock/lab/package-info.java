/**
 * The misbehaving network and the real PostgreSQL, in one JVM and without privileges; vanishing packets alone take a
 * JVM and a network namespace of their own.
 *
 * <p>A library that promises to survive dead addresses and silent servers has to be shown them. Everything here stays
 * on the loopback interface, needs no container engine, and cleans up after itself.
 */
@NullMarked
package dev.penstock.lab;

import org.jspecify.annotations.NullMarked;
