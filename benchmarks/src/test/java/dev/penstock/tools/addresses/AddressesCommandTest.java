package dev.penstock.tools.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.Test;

class AddressesCommandTest {
    @Test
    void itIsASubcommandWithAHelpOfItsOwn() {
        ToolsRun run = ToolsRun.of("addresses", "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: penstock-tools addresses", "--quick", "Exit code 1");
    }

    @Test
    void anUnknownOptionIsBadInput() {
        ToolsRun run = ToolsRun.of("addresses", "--pairs=1");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--pairs=1");
    }
}
