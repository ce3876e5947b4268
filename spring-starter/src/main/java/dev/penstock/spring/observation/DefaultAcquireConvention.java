package dev.penstock.spring.observation;

/** Name and keys as documented. */
public class DefaultAcquireConvention implements AcquireConvention {}
