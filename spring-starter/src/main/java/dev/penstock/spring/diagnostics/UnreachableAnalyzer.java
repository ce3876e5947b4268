package dev.penstock.spring.diagnostics;

import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * A start that needed the database and did not get a session. Flyway, Hibernate and the pool say so in their own words;
 * what was tried, and what came of it, is in the cause, however deep.
 */
final class UnreachableAnalyzer implements FailureAnalyzer {
    /** Of a chain of causes that leads back to itself there is no end. */
    private static final int DEEPEST = 100;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof ConnectFailure connect) {
                return new FailureAnalysis(
                        "The application needs the database to start, and got no session:\n\n" + cause.getMessage(),
                        action(connect.outcome())
                                + " A pool that is not bound to spring.datasource has the same properties"
                                + " under its own prefix.",
                        cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Most pools are bound to {@code spring.datasource}, of several all but one to something else. */
    private static String action(ConnectOutcome outcome) {
        return switch (outcome) {
            case REJECTED ->
                "Correct spring.datasource.username, spring.datasource.password or the name of the database in"
                        + " spring.datasource.url; the server's pg_hba.conf says who may log in from where.";
            case SERVER_FULL ->
                "Make the pools smaller that share this server (spring.datasource.hikari.maximum-pool-size); \"penstock-tools"
                        + " budget\" says what fits.";
            case WRONG_ROLE -> "Correct targetServerType in spring.datasource.url, or see to the replication.";
            case NO_CREDENTIALS ->
                "See to where the CredentialsSupplier of the PenstockConfigCustomizer gets them from.";
            default ->
                "Start the database, or correct host and port in spring.datasource.url. How long a connect may take is"
                        + " penstock.connect.deadline.";
        };
    }
}
