package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Found by identity, lock-free, and not kept. */
class WeakIdentityTableTest {
    private final WeakIdentityTable<Object, String> table = new WeakIdentityTable<>();

    /** Equal to all others of its kind. */
    private record Key(int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Test
    void whatIsEqualIsNotTheSame() {
        Key one = new Key(1);
        Key another = new Key(1);
        table.add(one, "one");
        assertThat(table.find(another)).isNull();
        table.add(another, "another");

        assertThat(table.find(one)).isEqualTo("one");
        assertThat(table.find(another)).isEqualTo("another");
    }

    @Test
    void growsAndFindsAll() {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Object key = new Object();
            keys.add(key);
            table.add(key, "value " + i);
        }

        for (int i = 0; i < keys.size(); i++) {
            assertThat(table.find(keys.get(i))).isEqualTo("value " + i);
        }
        assertThat(table.find(new Object())).isNull();
        assertThat(table.size()).isEqualTo(10_000);
    }

    @Test
    void whatIsGoneIsLetGo() {
        Object kept = new Object();
        table.add(kept, "kept");
        WeakReference<Object> last = fill();
        Await.until("collected", Duration.ofSeconds(10), () -> isCollected(last));

        Await.until("let go", Duration.ofSeconds(10), () -> {
            table.add(new Object(), "more");
            return table.size() < 1000;
        });

        assertThat(table.find(kept)).isEqualTo("kept");
    }

    private WeakReference<Object> fill() {
        Object key = new Object();
        for (int i = 0; i < 10_000; i++) {
            key = new Object();
            table.add(key, "value");
        }
        return new WeakReference<>(key);
    }

    private static boolean isCollected(WeakReference<Object> reference) {
        System.gc();
        return reference.refersTo(null);
    }

    @Test
    void oneThatIsThereIsFoundWhateverIsAddedMeanwhile() throws InterruptedException {
        Object sought = new Object();
        table.add(sought, "sought");
        AtomicBoolean over = new AtomicBoolean();
        Thread adder = new Thread(() -> {
            for (int i = 0; i < 200_000; i++) {
                table.add(new Object(), "other");
            }
            over.set(true);
        });
        adder.start();
        while (!over.get()) {
            assertThat(table.find(sought)).isEqualTo("sought");
        }
        adder.join();
    }
}
