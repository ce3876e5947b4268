package dev.penstock.internal.failure;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;

/** What to look at first, by class and phase of a failure. */
final class Advice {
    static final String NOTHING_TRIED = "the deadline was over before anything was tried: the credentials supplier took"
            + " all of it, or this process stood still (garbage collection, no CPU)";

    private Advice() {}

    static String on(ConnectOutcome outcome, ConnectPhase phase) {
        return switch (outcome) {
            case REJECTED -> "check user, password or token, database name and pg_hba.conf: trying again does not help";
            case SERVER_FULL ->
                "the server has no slot left (max_connections or a limit of role or database): see pg_stat_activity for"
                        + " who holds them; pools that add up to more than the server allows need to be smaller";
            case STARTING_UP -> "the server is there and not ready: nothing to do here but to wait, or see its log";
            case SERVER_ERROR -> "the server or a pooler in front of it answered with the error above: see its log";
            case WRONG_ROLE ->
                "every host answered with the other role: check targetServerType and the state of the"
                        + " replication (a fail-over may be under way)";
            case ABANDONED -> "nothing is wrong with the server: the caller was interrupted or the connector closed";
            default -> onPhase(phase);
        };
    }

    private static String onPhase(ConnectPhase phase) {
        return switch (phase) {
            case CREDENTIALS -> "the credentials supplier did not deliver: check the secret store or token service";
            case DNS -> "the name could not be looked up: check the host name and the name server";
            case TCP ->
                "no server accepted a TCP connection: check that PostgreSQL runs and listens there, and what lies"
                        + " between (firewall, security group, routing)";
            case TLS ->
                "a server accepted but TLS did not come about: check sslmode and certificates, or whether the"
                        + " server or a proxy in front of it hangs";
            case STARTUP ->
                "a server accepted and then did not answer: it, or a proxy in front of it, hangs or is overloaded";
            case AUTH ->
                "authentication began and did not finish: the server is overloaded or hangs, or the network drops"
                        + " packets";
        };
    }
}
