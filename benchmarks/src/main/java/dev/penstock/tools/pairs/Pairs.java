package dev.penstock.tools.pairs;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures two sides one right after the other, again and again, in random order: so that neither side always follows
 * the other's leftovers on the server.
 *
 * @param coin says who is first
 * @param pauseMillis idle time before each measurement; 0 for none
 */
public record Pairs(Side plain, Side penstock, Random coin, int pauseMillis) {
    /** One of the two. */
    @FunctionalInterface
    public interface Side {
        /** Does it once, and says how many nanoseconds that took. */
        double nanos() throws SQLException;
    }

    /** That many times: plain at index 0, Penstock at 1; what was measured together has the same index. */
    public double[][] run(int pairs) throws SQLException {
        double[][] times = new double[2][pairs];
        for (int i = 0; i < pairs; i++) {
            boolean plainFirst = coin.nextBoolean();
            for (boolean isPlain : new boolean[] {plainFirst, !plainFirst}) {
                pause();
                times[isPlain ? 0 : 1][i] = (isPlain ? plain : penstock).nanos();
            }
        }
        return times;
    }

    private void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        for (long left = end - System.nanoTime(); pauseMillis > 0 && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
