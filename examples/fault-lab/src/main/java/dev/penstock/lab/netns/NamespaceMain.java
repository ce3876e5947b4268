package dev.penstock.lab.netns;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the JVM in the namespace runs: one case, named by its class. */
final class NamespaceMain {
    static final String VALUES = "values";
    static final String FAILURE = "failure";

    private NamespaceMain() {}

    /** Arguments: class of the case, namespace that it must not be in, folder for its results. */
    public static void main(String[] args) throws IOException {
        endWithParent();
        Path folder = Path.of(args[2]);
        int exit = 0;
        try (Vanishing net = Vanishing.enter(args[1], folder.resolve(VALUES))) {
            load(args[0]).run(net);
        } catch (Throwable failure) {
            exit = 1;
            write(failure, folder.resolve(FAILURE));
        }
        // Not by the end of this thread: what hangs in there may have left others.
        System.exit(exit);
    }

    private static VanishingCase load(String name) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (VanishingCase) constructor.newInstance();
    }

    private static void write(Throwable failure, Path file) throws IOException {
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
            failure.printStackTrace(writer);
        }
    }

    /** The parent writes nothing, so that this ends when the parent does, however that may be. */
    private static void endWithParent() {
        Thread listener = new Thread(NamespaceMain::awaitParent, "lab-parent");
        listener.setDaemon(true);
        listener.start();
    }

    private static void awaitParent() {
        try {
            int unused = System.in.read();
        } catch (IOException e) {
            // gone as well
        }
        System.exit(2);
    }
}
