package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.usl.Usl;

/** What the Universal Scalability Law says, in words. */
final class Law {
    private static final double FAR = 1_000_000;

    private Law() {}

    /** Where throughput is best; empty if that is beyond anything that makes sense. */
    static String peak(Usl law) {
        double peak = law.peak();
        return peak > 0 && peak < FAR ? Numbers.round(Math.max(1, peak)) + " connections" : "";
    }

    /** How large the part is that is done one after the other. */
    static String sigma(Usl law) {
        return Numbers.percent(law.sigma()) + " of the work is done one after the other (contention)"
                + (law.sigma() > 0
                        ? ": however many connections, no more than " + Numbers.figure(law.lambda() / law.sigma())
                                + " units/s"
                        : "");
    }

    /** What everybody costs everybody. */
    static String kappa(Usl law) {
        String peak = peak(law);
        return law.kappa() > 0
                ? "each connection slows each other one down a little (coherency)"
                        + (peak.isEmpty() ? "" : ": throughput is best at " + peak + " and falls beyond")
                : "connections do not slow each other down (no coherency): throughput never falls";
    }
}
