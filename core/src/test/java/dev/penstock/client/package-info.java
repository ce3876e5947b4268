/** The second line of defence: limits that the client enforces, on real servers. */
package dev.penstock.client;
