package dev.penstock.lab.process;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks on. */
public final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether standard error is one; where the system does not tell, whether the other two are. */
    public static boolean isErrorThere() {
        try {
            String file = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | RuntimeException e) {
            return isThere();
        }
    }

    /** Whether standard input and standard output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // on JDK 17 it is null, and later ones are asked
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // from JDK 22 on there may be a console without a terminal
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
