package dev.penstock.spring.pools;

/** In a context that has a part of the application only: DataSources that are not there need not be slips of the pen. */
public record Slice() {}
