package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;

/** What {@code targetServerType} asks for. */
public enum ServerRole {
    /** Any server. */
    ANY,
    /** A server that takes writes. */
    PRIMARY,
    /** A hot standby. */
    SECONDARY,
    /** A server that takes writes if there is one, else any. */
    PREFER_PRIMARY,
    /** A hot standby if there is one, else any. */
    PREFER_SECONDARY;

    /** Parses as pgjdbc does: exact capitals, the older words master and slave are taken too. */
    static ServerRole parse(String text) {
        return switch (text.replace("lave", "econdary").replace("master", "primary")) {
            case "any" -> ANY;
            case "primary" -> PRIMARY;
            case "secondary" -> SECONDARY;
            case "preferPrimary" -> PREFER_PRIMARY;
            case "preferSecondary" -> PREFER_SECONDARY;
            default ->
                throw new InvalidSettingException(
                        "targetServerType", "must be any, primary, secondary, preferPrimary or preferSecondary", text);
        };
    }
}
