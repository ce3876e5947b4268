package dev.penstock.tools.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parent, seen from a {@link ChildJvm}. */
public final class ParentJvm {
    private ParentJvm() {}

    /**
     * Reads so many lines from standard input, and ends this JVM when that is closed: then the parent is gone.
     *
     * @throws IOException if it is gone before it has sent them
     */
    public static List<String> listen(int lines) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        while (said.size() < lines) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException(
                        "the parent must send " + lines + " lines, but closed standard input after " + said.size());
            }
            said.add(line);
        }
        endWithParent(in);
        return said;
    }

    private static void endWithParent(BufferedReader in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (in.readLine() != null) {
                            // nothing more is said
                        }
                    } catch (IOException e) {
                        // closed, too
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
