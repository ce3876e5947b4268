package dev.penstock.replay.connects;

import java.util.List;

/**
 * Where the measuring JVM connects to.
 *
 * @param nameUrl by the name with twelve addresses
 * @param directUrl by the healthy address
 * @param enough factor between the two beyond which they are measured again: what else the machine does only adds
 */
public record ConnectPlan(String nameUrl, String directUrl, String user, double enough) {

    List<String> toArguments() {
        return List.of(nameUrl, directUrl, user, Double.toString(enough));
    }

    static ConnectPlan of(String... arguments) {
        return new ConnectPlan(arguments[0], arguments[1], arguments[2], Double.parseDouble(arguments[3]));
    }
}
