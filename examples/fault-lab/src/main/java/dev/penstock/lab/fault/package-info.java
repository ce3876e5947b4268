/**
 * Misbehaving servers, resolvers and clocks: what a connector meets when the network or the other end is ill.
 */
@NullMarked
package dev.penstock.lab.fault;

import org.jspecify.annotations.NullMarked;
