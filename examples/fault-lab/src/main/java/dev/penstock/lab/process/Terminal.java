package dev.penstock.lab.process;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person looks on. */
public final class Terminal {
    private Terminal() {}

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
