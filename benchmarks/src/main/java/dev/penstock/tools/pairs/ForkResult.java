package dev.penstock.tools.pairs;

import dev.penstock.lab.stats.Sample;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * What one fork has measured, in nanoseconds per connect, round trip or whatever it is.
 *
 * @param plainMedian without Penstock, median
 * @param penstockMedian with it, median
 * @param plainMean without Penstock, mean without the slowest and the fastest tenth
 * @param penstockMean that and the mean difference within a pair, likewise without a tenth at either end
 */
public record ForkResult(double plainMedian, double penstockMedian, double plainMean, double penstockMean) {
    private static final double TRIM = 0.1;

    /** Of pairs: what was measured one right after the other has the same index. */
    static ForkResult of(double[] plain, double[] penstock) {
        double[] differences = IntStream.range(0, plain.length)
                .mapToDouble(i -> penstock[i] - plain[i])
                .toArray();
        double plainMean = Sample.of(plain).trimmedMean(TRIM);
        return new ForkResult(
                Sample.of(plain).median(),
                Sample.of(penstock).median(),
                plainMean,
                plainMean + Sample.of(differences).trimmedMean(TRIM));
    }

    /** Penstock against plain, by the trimmed means: the figure that is judged. */
    double ratio() {
        return penstockMean / plainMean;
    }

    /** The same by the medians, for comparison. */
    double medianRatio() {
        return penstockMedian / plainMedian;
    }

    /** As the fork prints it. */
    public String print() {
        return String.format(
                Locale.ROOT,
                "plain.median=%.0f%npenstock.median=%.0f%nplain.mean=%.0f%npenstock.mean=%.0f%n",
                plainMedian,
                penstockMedian,
                plainMean,
                penstockMean);
    }

    /**
     * Reads what a fork printed.
     *
     * @throws IOException if it is no result
     */
    static ForkResult parse(String printed) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(printed));
        return new ForkResult(
                number(properties, "plain.median"),
                number(properties, "penstock.median"),
                number(properties, "plain.mean"),
                number(properties, "penstock.mean"));
    }

    private static double number(Properties properties, String key) throws IOException {
        String text = properties.getProperty(key);
        if (text == null) {
            throw new IOException("the fork printed no " + key + " but only " + properties.stringPropertyNames());
        }
        return Double.parseDouble(text);
    }
}
