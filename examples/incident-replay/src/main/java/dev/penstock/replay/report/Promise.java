package dev.penstock.replay.report;

import java.time.Duration;

/**
 * Something that Penstock promises, and what was measured.
 *
 * @param text what is promised
 * @param measured figure or event, as the report shows it
 * @param limit what was allowed, as the report shows it
 * @param kept whether the promise was kept
 */
public record Promise(String text, String measured, String limit, boolean kept) {

    /** A time that must not be longer than {@code limit}. */
    public static Promise atMost(String text, Duration measured, Duration limit) {
        return new Promise(text, Texts.of(measured), Texts.of(limit), measured.compareTo(limit) <= 0);
    }

    /** A factor that must not be greater than {@code limit}. */
    public static Promise atMost(String text, double measured, double limit) {
        return new Promise(text, Texts.ofFactor(measured), Texts.ofFactor(limit), measured <= limit);
    }

    /** Something that must not happen at all; of how many it happened to, as the report shows it. */
    public static Promise none(String text, long measured, long of) {
        return new Promise(text, measured + " of " + of, "0", measured == 0);
    }

    /** One that was not kept, for lack of a figure. */
    public static Promise broken(String text, String measured, String limit) {
        return new Promise(text, Texts.ascii(measured), limit, false);
    }
}
