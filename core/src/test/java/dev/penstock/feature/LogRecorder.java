package dev.penstock.feature;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that is logged for the length of a block, by us at TRACE and by the driver at ALL, with stack traces. */
public final class LogRecorder implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.penstock");
    private final @Nullable Level before = ours.getLevel();
    private final java.util.logging.Logger drivers = java.util.logging.Logger.getLogger("org.postgresql");
    private final java.util.logging.@Nullable Level driversBefore = drivers.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage() + text(event));
        }
    };
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add("driver " + line.getLevel() + " " + line.getMessage() + " " + arguments(line.getParameters())
                    + (line.getThrown() == null ? "" : Throwables.text(line.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogRecorder(boolean driverToo) {
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        appender.setContext(ours.getLoggerContext());
        appender.start();
        ours.addAppender(appender);
        if (driverToo) {
            drivers.setLevel(java.util.logging.Level.ALL);
            drivers.setUseParentHandlers(false);
            drivers.addHandler(handler);
        }
    }

    /** By us. */
    public static LogRecorder ofPenstock() {
        return new LogRecorder(false);
    }

    /** By the driver too. */
    public static LogRecorder ofPenstockAndDriver() {
        return new LogRecorder(true);
    }

    private static String text(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private static String arguments(@Nullable Object @Nullable [] parameters) {
        return parameters == null ? "" : Arrays.deepToString(parameters);
    }

    /** So far; each begins with its level. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        drivers.removeHandler(handler);
        drivers.setUseParentHandlers(true);
        drivers.setLevel(driversBefore);
        ours.detachAppender(appender);
        ours.setAdditive(true);
        ours.setLevel(before);
    }
}
