package dev.penstock.tools.server;

/** A command, or one of its parents, whose arguments may have a secret among them: what is refused is masked. */
public interface TakesLogin {}
