package dev.penstock.internal.failure;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The text of a failed connect: what, how long, what the limit was, one line per attempt, what to do.
 * Written to be understood at three in the morning.
 */
final class FailureReport {
    private FailureReport() {}

    static String of(FailedConnect failed, ConnectOutcome outcome, ConnectPhase phase) {
        StringBuilder text = new StringBuilder();
        text.append("penstock '").append(failed.connector()).append("': ");
        text.append(headline(failed, outcome)).append(" to ").append(failed.target());
        text.append(" (")
                .append(failed.attempts().size())
                .append(failed.attempts().size() == 1 ? " attempt" : " attempts");
        text.append(" in ").append(millis(failed.elapsed()));
        text.append(", ")
                .append(failed.limitName())
                .append(' ')
                .append(millis(failed.deadline()))
                .append(')');
        for (Line line : lines(failed.attempts())) {
            text.append("\n  ").append(line.text());
        }
        text.append("\n  -> ").append(failed.nothingTried() ? Advice.NOTHING_TRIED : Advice.on(outcome, phase));
        return Masking.mask(text.toString());
    }

    private static String headline(FailedConnect failed, ConnectOutcome outcome) {
        return switch (outcome) {
            case REJECTED -> "refused by the server";
            case SERVER_FULL -> "no free connection slot on the server";
            case STARTING_UP -> "the server is starting up or shutting down, no session";
            case WRONG_ROLE -> "no server with the wanted role" + failed.role();
            case NO_CREDENTIALS -> "no credentials, no session";
            case ABANDONED -> failed.abandonedBecause() + ", no session";
            default -> failed.expired() ? "no usable session within the deadline" : "no usable session";
        };
    }

    /** Repeated tries of one address with one result (57P03) make one line. */
    private static List<Line> lines(List<ConnectAttempt> attempts) {
        List<Line> lines = new ArrayList<>();
        for (ConnectAttempt attempt : attempts) {
            Line same =
                    lines.stream().filter(l -> l.covers(attempt)).findFirst().orElse(null);
            if (same == null) {
                lines.add(new Line(attempt));
            } else {
                same.times++;
            }
        }
        return lines;
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static final class Line {
        private final ConnectAttempt first;
        private int times = 1;

        Line(ConnectAttempt first) {
            this.first = first;
        }

        boolean covers(ConnectAttempt other) {
            return first.outcome() == other.outcome()
                    && first.phase() == other.phase()
                    && first.host().equals(other.host())
                    && Objects.equals(first.address(), other.address());
        }

        String text() {
            return where() + "  " + first.phase().label() + ": " + what() + " after " + millis(first.elapsed())
                    + (first.startedAfter().toMillis() > 0 ? ", begun at " + millis(first.startedAfter()) : "")
                    + (times > 1 ? ", " + times + " times" : "")
                    + why(first.sqlState(), first.cause());
        }

        private String where() {
            String address = first.address();
            return address == null || address.equals(first.host()) ? first.host() : first.host() + " at " + address;
        }

        private String what() {
            return switch (first.outcome()) {
                case TIMED_OUT -> "no answer";
                case UNREACHABLE -> first.phase() == ConnectPhase.DNS ? "name not found" : "unreachable";
                case BROKEN -> "broken off";
                case REJECTED, SERVER_ERROR -> "refused";
                case SERVER_FULL -> "server full";
                case STARTING_UP -> "starting up";
                case WRONG_ROLE -> "wrong role";
                case NO_CREDENTIALS -> "no credentials";
                case LOST_RACE -> "given up for another address";
                case ABANDONED -> "given up";
                case CONNECTED -> "connected";
            };
        }

        private static String why(@Nullable String sqlState, @Nullable Throwable cause) {
            if (cause == null) {
                return "";
            }
            return ": " + (sqlState == null ? "" : "[" + sqlState + "] ") + CauseText.of(cause);
        }
    }
}
