package dev.penstock.internal.server;

/**
 * Why a server has not all that it was asked for.
 *
 * @param key the same for the same reason, so that it is told once
 * @param text for people
 */
record Finding(String key, String text) {}
