package dev.penstock.internal.server;

/**
 * Why a server has not all that it was asked for.
 *
 * @param key the same for the same reason, so that it is told once
 * @param text for people
 * @param lacks whether sessions go without something; false if it reaches them in another way
 */
record Finding(String key, String text, boolean lacks) {}
