/** The first line of defence: limits that the server enforces, on real servers. */
package dev.penstock.server;
