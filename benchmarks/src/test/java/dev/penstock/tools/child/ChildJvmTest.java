package dev.penstock.tools.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read that hangs hears no interrupt
class ChildJvmTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Says what it was told. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.print(in.readLine());
        }
    }

    /** Goes on until its parent is gone; so does a child of its own, if it is to have one, which can write for it. */
    static final class Hangs {
        private Hangs() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments.length > 0) {
                Process unused = new ProcessBuilder(
                                Programs.java().toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Hangs.class.getName())
                        .inheritIO()
                        .start();
            }
            while (System.in.read() >= 0) {
                // nothing more is said
            }
        }
    }

    @Test
    void whatItPrintsIsRead() throws Exception {
        assertThat(ChildJvm.run(List.of(), List.of(Echo.class.getName()), "a secret\n"))
                .isEqualTo("a secret");
    }

    @Test
    void oneThatHangsIsEndedAtTheLimit() {
        assertEnded(List.of(Hangs.class.getName()));
    }

    @Test
    void soAreThoseThatHoldItsOutputOpen() {
        assertEnded(List.of(Hangs.class.getName(), "with a child"));
    }

    private static void assertEnded(List<String> main) {
        assertThatThrownBy(() -> ChildJvm.run(List.of(), main, "", SHORT))
                .isInstanceOf(IOException.class)
                .hasMessage("the fork must end within 2000 ms, but had not and was ended: " + Hangs.class.getName());
    }
}
