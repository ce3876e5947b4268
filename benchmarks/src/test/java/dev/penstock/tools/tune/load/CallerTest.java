package dev.penstock.tools.tune.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.tools.tune.mix.BuiltInMix;
import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.LoadStoppedException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final DataSource DYING = (DataSource) Proxy.newProxyInstance(
            CallerTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                throw new OutOfMemoryError("rows, rows, rows");
            });

    /** Else the others would go on, and nobody would know that it was another load. */
    @Test
    void oneThatDiesIsTheEndForAll() {
        Trouble trouble = new Trouble();
        Window window = Window.from(System.nanoTime(), new Effort(Duration.ZERO, Duration.ofHours(1)));
        Work work = new Work.Closed(window, () -> 0, new Stop());
        Caller.Common common =
                new Caller.Common(DYING, BuiltInMix.READ.statements(null), work, window, trouble, new LongAdder());

        new Caller(common, new SplittableRandom(8)).run();

        assertThatThrownBy(() -> trouble.complain("with 1 connection"))
                .isInstanceOf(LoadStoppedException.class)
                .hasMessageContainingAll(
                        "stopped with 1 connection", "OutOfMemoryError: rows, rows, rows", "-Xmx", "fewer rows");
    }
}
