package dev.penstock.internal.server;

import dev.penstock.internal.order.Bounded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers of one connector. Thread-safe. */
final class ServerBook {
    static final int MAX_SERVERS = 1024;

    private final Map<String, ServerFile> files = new LinkedHashMap<>(); // guarded by this

    synchronized ServerFile of(String server) {
        ServerFile file = files.get(server);
        if (file == null) {
            file = new ServerFile(server);
            Bounded.putLast(files, server, file, MAX_SERVERS);
        }
        return file;
    }

    synchronized List<ServerFile> all() {
        return List.copyOf(files.values());
    }
}
