package dev.penstock.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.ConnectStarted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What a listener throws is logged once and reaches nobody. */
class ListenersTest {
    private static final ConnectStarted EVENT = new ConnectStarted("orders", 1, Duration.ofSeconds(5));

    private final Logger log = (Logger) LoggerFactory.getLogger(PenstockListener.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void readTheLog() {
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
    }

    @AfterEach
    void letGoOfTheLog() {
        log.detachAppender(lines);
        log.setAdditive(true);
    }

    static Stream<Throwable> whatListenersThrow() {
        return Stream.of(
                new IllegalStateException("on purpose"),
                new AssertionError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new StackOverflowError(),
                new OutOfMemoryError("on purpose"),
                new Error("on purpose"),
                new IOException("a checked one, as Kotlin throws it"));
    }

    /** Listeners hear of lease samples only if they do something with them: otherwise nobody makes them. */
    @Test
    void whoeverOverridesItWantsLeaseSamples() {
        Listeners listeners = new Listeners(List.of(new PenstockListener() {}, new LogListener()));
        assertThat(listeners.wantLeaseSamples()).isFalse();
        PenstockListener wants = new PenstockListener() {
            @Override
            public void leaseSampled(LeaseSampled event) {}
        };
        listeners.add(wants);
        assertThat(listeners.wantLeaseSamples()).isTrue();
        listeners.remove(wants);
        assertThat(listeners.wantLeaseSamples()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("whatListenersThrow")
    void whateverIsThrownTheOthersAreTold(Throwable thrown) {
        List<String> told = new ArrayList<>();
        Listeners listeners =
                new Listeners(List.of(new Remembering(told), new Throwing(thrown), new Remembering(told)));
        listeners.tell(l -> l.connectStarted(EVENT));

        assertThat(told).containsExactly("orders", "orders");
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getFormattedMessage()).contains(Throwing.class.getName());
        assertThat(lines.list.get(0).getThrowableProxy().getClassName())
                .isEqualTo(thrown.getClass().getName());
    }

    @Test
    void itIsLoggedOncePerListenerClassAndToldAgain() {
        Throwing throwing = new Throwing(new IllegalStateException("on purpose"));
        Listeners listeners = new Listeners(List.of(throwing));
        for (int i = 0; i < 5; i++) {
            listeners.tell(l -> l.connectStarted(EVENT));
        }

        assertThat(throwing.calls).isEqualTo(5);
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void whoIsAddedIsToldFromThenOnAfterTheOthersAndWhoIsRemovedNoMore() {
        List<String> told = new ArrayList<>();
        Named first = new Named("first", told);
        Named second = new Named("second", told);
        Listeners listeners = new Listeners(List.of(first));
        listeners.tell(l -> l.connectStarted(EVENT));

        listeners.add(second);
        listeners.tell(l -> l.connectStarted(EVENT));
        boolean removed = listeners.remove(first);
        listeners.tell(l -> l.connectStarted(EVENT));

        assertThat(told).containsExactly("first", "first", "second", "second");
        assertThat(removed).isTrue();
        assertThat(listeners.remove(first)).isFalse();
    }

    @Test
    void aListenerMayRemoveItselfWhileItIsTold() {
        List<String> told = new ArrayList<>();
        Listeners listeners = new Listeners(List.of());
        PenstockListener once = new PenstockListener() {
            @Override
            public void connectStarted(ConnectStarted event) {
                told.add("once");
                listeners.remove(this);
            }
        };
        listeners.add(once);
        listeners.add(new Named("other", told));

        listeners.tell(l -> l.connectStarted(EVENT));
        listeners.tell(l -> l.connectStarted(EVENT));

        assertThat(told).containsExactly("once", "other", "other");
    }

    /** An appender whose disk is full, for example. */
    @Test
    void aLogThatThrowsItselfChangesNothingEither() {
        ListAppender<ILoggingEvent> broken = new ListAppender<>() {
            @Override
            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing to guard
            public void doAppend(ILoggingEvent event) {
                throw new IllegalStateException("no space left on device");
            }
        };
        broken.start();
        log.addAppender(broken);
        List<String> told = new ArrayList<>();
        try {
            new Listeners(List.of(new Throwing(new IllegalStateException("on purpose")), new Remembering(told)))
                    .tell(l -> l.connectStarted(EVENT));
        } finally {
            log.detachAppender(broken);
        }

        assertThat(told).containsExactly("orders");
    }

    private record Named(String name, List<String> told) implements PenstockListener {
        @Override
        public void connectStarted(ConnectStarted event) {
            told.add(name);
        }
    }

    private record Remembering(List<String> told) implements PenstockListener {
        @Override
        public void connectStarted(ConnectStarted event) {
            told.add(event.connector());
        }
    }

    private static final class Throwing implements PenstockListener {
        private final Throwable thrown;
        private int calls;

        Throwing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void connectStarted(ConnectStarted event) {
            calls++;
            sneak(thrown);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> void sneak(Throwable any) throws T {
            throw (T) any;
        }
    }
}
