package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGProperty;

/**
 * Which encryption the user asks for.
 *
 * @param tlsRequired sslmode require, verify-ca or verify-full. Then no answer to the request for TLS
 *     can only mean to wait on or to fail. With prefer pgjdbc takes a missing answer for "no TLS here" and
 *     goes on in plain text; how long it waits for that is its own affair and stays so.
 * @param gssRequested gssEncMode prefer or require. In both a missing answer fails the connect, or repeats
 *     it with the same request; pgjdbc never goes on without GSS after a time-out. With allow, the
 *     default, and disable nothing is asked.
 */
record Encryption(boolean tlsRequired, boolean gssRequested) {
    private static final List<String> TLS_REQUIRED = List.of("require", "verify-ca", "verify-full");
    private static final List<String> GSS_REQUESTED = List.of("prefer", "require");

    static Encryption of(ParsedUrl parsed) {
        return new Encryption(TLS_REQUIRED.contains(sslMode(parsed)), GSS_REQUESTED.contains(gssEncMode(parsed)));
    }

    /** As {@code SslMode.of}: without sslmode the older {@code ssl} parameter decides. */
    private static String sslMode(ParsedUrl parsed) {
        String mode = parsed.get("sslmode");
        if (mode != null) {
            return choice(PGProperty.SSL_MODE, mode);
        }
        String ssl = parsed.get("ssl", "false");
        return ssl.isEmpty() || Boolean.parseBoolean(ssl) ? "verify-full" : "prefer";
    }

    private static String gssEncMode(ParsedUrl parsed) {
        return choice(PGProperty.GSS_ENC_MODE, parsed.get("gssEncMode", "allow"));
    }

    private static String choice(PGProperty property, String text) {
        String value = text.toLowerCase(Locale.ROOT);
        String[] choices = property.getChoices();
        if (choices == null || Arrays.asList(choices).contains(value)) {
            return value;
        }
        throw new InvalidSettingException(property.getName(), "must be one of " + String.join(", ", choices), text);
    }
}
