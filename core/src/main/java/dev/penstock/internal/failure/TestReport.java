package dev.penstock.internal.failure;

import dev.penstock.ConnectTest;
import dev.penstock.PhaseTime;
import java.util.stream.Collectors;

/** The text of a connect test: one line per address, in columns. Written to be understood at three in the morning. */
public final class TestReport {
    private TestReport() {}

    /** Headline and lines; secrets masked. */
    public static String of(ConnectTest test) {
        StringBuilder text = new StringBuilder();
        text.append("penstock '").append(test.connector()).append("': connect test of ");
        text.append(test.target()).append(": ");
        text.append(test.connected()).append(" of ").append(test.results().size());
        text.append(" connected in ").append(FailureReport.millis(test.elapsed()));
        text.append(", limit ").append(FailureReport.millis(test.limit()));
        int width =
                test.results().stream().mapToInt(r -> where(r).length()).max().orElse(0);
        for (ConnectTest.Result result : test.results()) {
            String place = where(result);
            text.append("\n  ").append(place).append(" ".repeat(width - place.length()));
            text.append(line(result));
        }
        return Masking.mask(text.toString());
    }

    /** {@code db.example.com/10.0.0.7:5432}; a host that is an address itself stands there once. */
    private static String where(ConnectTest.Result result) {
        String address = result.address();
        return address == null || address.equals(result.host())
                ? result.host()
                : result.host().substring(0, result.host().lastIndexOf(':')) + "/" + address;
    }

    private static String line(ConnectTest.Result result) {
        String times = result.phases().stream().map(PhaseTime::toString).collect(Collectors.joining(", ", "  ", ""));
        return (result.phases().isEmpty() ? "  in all " + FailureReport.millis(result.elapsed()) : times)
                + "  " + result.outcome()
                + (result.connected() ? "" : " in " + result.phase().label())
                + server(result)
                + why(result);
    }

    private static String server(ConnectTest.Result result) {
        if (result.serverVersion() == null) {
            return "";
        }
        return " (PostgreSQL " + result.serverVersion() + (result.role() == null ? "" : ", " + result.role()) + ")";
    }

    private static String why(ConnectTest.Result result) {
        if (result.message() == null) {
            return "";
        }
        return ": " + (result.sqlState() == null ? "" : "[" + result.sqlState() + "] ") + result.message();
    }
}
