package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AddressesCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void itIsASubcommandWithAHelpOfItsOwn() {
        assertThat(run("addresses", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: penstock-tools addresses", "--quick", "Exit code 1");
    }

    @Test
    void anUnknownOptionIsBadInput() {
        assertThat(run("addresses", "--pairs=1")).isEqualTo(2);
        assertThat(out.toString()).contains("--pairs=1");
    }
}
