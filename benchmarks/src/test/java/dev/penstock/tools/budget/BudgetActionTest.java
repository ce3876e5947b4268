package dev.penstock.tools.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever happens, the exit code is no verdict unless there is one. */
class BudgetActionTest {
    @Command(name = "failing")
    private static final class Failing extends BudgetAction {
        private final Throwable failure;

        private Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        int run() {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    @Command(name = "saying")
    private static final class Saying extends BudgetAction {
        @Override
        int run() {
            return result(List.of("a result"));
        }
    }

    private static String failsWith70(Throwable failure) {
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new Failing(failure))
                .setErr(new PrintWriter(err))
                .execute();
        assertThat(exit).isEqualTo(70);
        return err.toString();
    }

    @Test
    void anErrorIsNoVerdict() {
        assertThat(failsWith70(new NoClassDefFoundError("dev/penstock/Gone")))
                .startsWith("gave up, which is a defect: java.lang.NoClassDefFoundError: dev/penstock/Gone")
                .contains("at " + BudgetActionTest.class.getName());
        assertThat(failsWith70(new OutOfMemoryError("Java heap space")))
                .isEqualTo("gave up: java.lang.OutOfMemoryError: Java heap space\n");
    }

    @Test
    void noStackTraceShowsASecret() {
        String url = "jdbc:postgresql://db/shop?user=app&password=hunter2";

        assertThat(failsWith70(new IllegalStateException("at " + url, new IllegalArgumentException(url))))
                .contains("IllegalStateException", "password=***")
                .doesNotContain("hunter2");
    }

    @Test
    void aResultThatNobodyGetsIsNone() {
        StringWriter err = new StringWriter();
        OutputStream full = OutputStream.nullOutputStream();
        PrintWriter out = new PrintWriter(full, false, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };

        int exit = new CommandLine(new Saying())
                .setOut(out)
                .setErr(new PrintWriter(err))
                .execute();

        assertThat(exit).isEqualTo(74);
        assertThat(err).hasToString("the result could not be written to standard output\n");
    }
}
