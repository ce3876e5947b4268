package dev.penstock.lab.fault;

import java.time.Duration;

/**
 * Behaviours of a server that does speak PostgreSQL's protocol, up to the point where it stops being helpful. For any
 * {@link FaultProxy}; {@link FakePostgres} is a server that has nothing else.
 *
 * <p>None of them speaks TLS: an SSLRequest is declined, so they are met with {@code sslmode} prefer or weaker.
 */
public final class PgScript {
    private PgScript() {}

    /** Ends every start-up with a FATAL ErrorResponse. */
    public static Behaviour error(String sqlState, String message) {
        return Behaviour.alone("error(" + sqlState + ")", link -> {
            PgWire.readStartup(link);
            link.toClient().write(PgWire.error("FATAL", sqlState, message));
            link.shutdownOutput();
        });
    }

    /** 57P03, as during recovery or a cold start. */
    public static Behaviour startingUp() {
        return error("57P03", "the database system is starting up");
    }

    /** 53300, as with {@code max_connections} used up. */
    public static Behaviour full() {
        return error("53300", "sorry, too many clients already");
    }

    /** Answers the SSLRequest with 'S' (go on) and then says nothing: the TLS handshake hangs. */
    public static Behaviour muteTls() {
        return sslReply('S');
    }

    /** Answers the SSLRequest with 'N' (no TLS here) and then says nothing. */
    public static Behaviour declinesTlsThenSilence() {
        return sslReply('N');
    }

    private static Behaviour sslReply(char reply) {
        return Behaviour.alone("sslReply(" + reply + ")", link -> {
            PgWire.readSslRequest(link);
            link.toClient().write(reply);
            link.holdForEver();
        });
    }

    /** Lets everybody in (AuthenticationOk) and never gets ready. */
    public static Behaviour authenticationOkThenSilence() {
        return Behaviour.alone("authenticationOkThenSilence", link -> {
            PgWire.readStartup(link);
            link.toClient().write(PgWire.authenticationOk());
            link.holdForEver();
        });
    }

    /** Lets everybody in and then sends a NoticeResponse again and again: whole messages, but never the last one. */
    public static Behaviour authenticationOkThenNotices(Duration interval) {
        return Behaviour.alone("authenticationOkThenNotices(" + interval + ")", link -> {
            PgWire.readStartup(link);
            link.toClient().write(PgWire.authenticationOk());
            while (true) {
                link.hold(interval);
                link.toClient().write(PgWire.notice("still not ready"));
            }
        });
    }

    /** Finishes the handshake, and never answers a query. */
    public static Behaviour readyThenSilence() {
        return Behaviour.alone("readyThenSilence", link -> {
            PgWire.readStartup(link);
            link.toClient().write(PgWire.authenticationOk());
            link.toClient().write(PgWire.parameterStatus("server_version", "17.0"));
            link.toClient().write(PgWire.parameterStatus("server_encoding", "UTF8"));
            link.toClient().write(PgWire.parameterStatus("client_encoding", "UTF8"));
            link.toClient().write(PgWire.parameterStatus("DateStyle", "ISO, MDY"));
            link.toClient().write(PgWire.parameterStatus("TimeZone", "UTC"));
            link.toClient().write(PgWire.parameterStatus("integer_datetimes", "on"));
            link.toClient().write(PgWire.parameterStatus("standard_conforming_strings", "on"));
            link.toClient().write(PgWire.backendKeyData(4711, 815));
            link.toClient().write(PgWire.readyForQuery());
            link.holdForEver();
        });
    }
}
