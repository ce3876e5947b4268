package dev.penstock.lab.netns;

/**
 * Code that runs in a JVM and a network namespace of its own; see {@link NetworkNamespace}.
 *
 * <p>An implementation is a class that needs no other: top level or static, with a constructor without parameters. What
 * {@link #run} throws, assertion errors included, fails the run.
 */
public interface VanishingCase {
    void run(Vanishing net) throws Exception;
}
