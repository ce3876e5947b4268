package dev.penstock;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds for everything that somebody switches by hand: it is logged, and refused where nothing would come of it.
 * Immutable.
 *
 * @param name of the connector or pool
 * @param config in force
 */
record ByHand(String name, PenstockConfig config) {
    private static final Logger LOG = LoggerFactory.getLogger(PenstockControl.class);

    void log(String what) {
        LOG.info("penstock '{}': {} by hand", name, what);
    }

    /** In mode observe too: who forces a breaker must not believe that it acts. */
    void forcesTheBreaker() {
        needsPenstock("to force the breaker");
        BreakerMode mode = config.breaker().mode();
        if (mode != BreakerMode.ON) {
            throw refusal("penstock.breaker.mode", "on", mode.name().toLowerCase(Locale.ROOT), "to force the breaker");
        }
    }

    void needsPenstock(String purpose) {
        if (!config.enabled()) {
            throw refusal("penstock.enabled", "true", "false", purpose);
        }
    }

    private IllegalStateException refusal(String setting, String wanted, String actual, String purpose) {
        String origin = config.originOf(setting);
        return new IllegalStateException(setting + " must be " + wanted + " " + purpose + " of '" + name + "', but was "
                + actual + " (" + (origin == null ? "default" : origin) + "); set " + setting + "=" + wanted
                + " and start the pool anew");
    }
}
