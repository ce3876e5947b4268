package dev.penstock.replay.acts;

import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Progress;

/** One part of the incident, played once: {@link #play}, {@link #report}, {@link #close}. */
public interface Act extends AutoCloseable {

    String title();

    /** Makes it happen and measures. What needs nothing but time may still be under way afterwards. */
    void play(Progress progress) throws Exception;

    /** What came of it; waits for what is still under way. */
    ActReport report(Progress progress) throws Exception;

    /** Ends everything that was started. Calling it again does nothing. */
    @Override
    void close();
}
