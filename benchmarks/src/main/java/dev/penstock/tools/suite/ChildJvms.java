package dev.penstock.tools.suite;

import java.nio.file.Path;

/**
 * Ends the JVMs that this one has started when it is ended itself: a signal to this process alone would leave forks of
 * JMH to measure on for nobody. They get a SIGTERM, so that each ends its own server.
 */
final class ChildJvms implements AutoCloseable {
    private final Thread hook = new Thread(ChildJvms::endAll, "child-jvms-end");

    private ChildJvms() {}

    /** Until closed. */
    static ChildJvms endWithThis() {
        ChildJvms children = new ChildJvms();
        Runtime.getRuntime().addShutdownHook(children.hook);
        return children;
    }

    private static void endAll() {
        ProcessHandle.current().children().filter(ChildJvms::isJava).forEach(ProcessHandle::destroy);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("java"))
                .orElse(false);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down, and the hook does its work
        }
    }
}
