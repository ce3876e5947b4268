package dev.penstock.replay.connects;

import java.util.List;

/**
 * Where the measuring JVM connects to.
 *
 * @param nameUrl by the name with twelve addresses
 * @param directUrl by the healthy address
 */
public record ConnectPlan(String nameUrl, String directUrl, String user) {

    List<String> toArguments() {
        return List.of(nameUrl, directUrl, user);
    }

    static ConnectPlan of(String... arguments) {
        return new ConnectPlan(arguments[0], arguments[1], arguments[2]);
    }
}
