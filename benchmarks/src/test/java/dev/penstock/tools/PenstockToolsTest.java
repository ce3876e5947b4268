package dev.penstock.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PenstockToolsTest {
    @Test
    void withoutSubcommandItShowsItsUsage() {
        ToolsRun run = ToolsRun.of();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("Usage: penstock-tools", "deadlines", "outage", "bench", "budget", "jmh")
                .doesNotContain("outage-cell");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(ToolsRun.of("--help")).satisfies(run -> {
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("Usage: penstock-tools");
        });
        assertThat(ToolsRun.of("--version")).satisfies(run -> {
            assertThat(run.exit()).isZero();
            assertThat(run.out()).startsWith("penstock-tools ");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deadlines --deadline 1500    | --deadline | must be a number with ms, s or m | '1500'
            deadlines --deadline 1.5     | --deadline | must be a number with ms, s or m | '1.5'
            deadlines --deadline 99.5ms  | --deadline | must be between 200ms and 10000ms | 99ms
            deadlines --deadline -2s     | --deadline | must be a number with ms, s or m | '-2s'
            deadlines --deadline 50ms    | --deadline | must be between 200ms and 10000ms | 50ms
            deadlines --rounds 0         | --rounds   | must be between 1 and 100        | 0
            deadlines --clients 51       | --clients  | must be between 1 and 50         | 51
            deadlines --parallel many    | --parallel | is not an int                    | 'many'
            deadlines --only [           | --only     | must be a regular expression     | [
            deadlines --limit 0ms        | --limit    | must be between 1ms and 30000ms  | 0ms
            outage --pools hikari,none   | --pools    | must be of [hikari, agroal       | none
            outage --fault fire          | --faults   | must be of [silent, refused      | fire
            outage --outage 10           | --outage   | must be a number with ms, s or m | '10'
            outage --outage 900ms        | --outage   | must be between 1000ms and       | 900ms
            outage --watch 11m           | --watch    | must be between 1000ms and       | 660000ms
            outage --repeat 0            | --repeat   | must be between 1 and 100        | 0
            bench connect --pairs 1      | --forks    | must be between 2 and 200        | 1
            bench connect --cycles 9     | --cycles   | must be between 10 and 100000    | 9
            bench connect --host ::1     | --host     | must be 127.0.0.1 or localhost   | ::1
            breaker --only [             | --only     | must be a regular expression     | [
            breaker --only nothing       | --only     | must match the name of a measurement | nothing
            leaks --minutes 0            | --minutes | must be 1 or more                | 0
            leaks --only nothing         | --only     | must match the name of a measurement | nothing
            timeouts --only [            | --only     | must be a regular expression     | [
            bench --only nothing         | --only     | must match the name of a measurement | nothing
            bench --only gate --tolerance 5 | --tolerance | must go with --check         | 5.0
            bench --tolerance 5          | --tolerance | must go with --check            | 5.0
            bench gate --forks 1         | --forks    | must be between 2 and 100        | 1
            bench gate --iterations 0    | --iterations | must be between 1 and 100      | 0
            bench gate --time 9          | --time     | must be between 10 and 10000     | 9
            bench gate --most 0          | --most     | must be above 0                  | 0
            bench connect --most 0       | --most     | must be above 0                  | 0
            bench limits --forks 201     | --forks    | must be between 2 and 200        | 201
            bench limits --cycles 9      | --cycles   | must be between 10 and 100000    | 9
            bench limits --warm-up -1    | --warm-up  | must be between 0 and 100000     | -1
            bench limits --batch 0       | --batch    | must be between 1 and 10000      | 0
            bench limits --reconnect -1  | --reconnect | must be between 0 and 100000   | -1
            bench limits --most 0        | --most     | must be above 0                  | 0
            bench borrow --forks 1       | --forks    | must be between 2 and 100        | 1
            bench borrow --peer-forks 1  | --peer-forks | must be between 2 and 100      | 1
            bench borrow --depth 10,0    | --depth    | must be between 1 and 1000       | 0
            bench borrow --most 0        | --most     | must be above 0                  | 0
            bench borrow --most-bytes -1 | --most-bytes | must be between 0 and 100000   | -1
            """)
    void badInputIsRefusedByNameRuleAndValue(String arguments, String option, String rule, String value) {
        ToolsRun run = ToolsRun.of(arguments.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElse("")).contains(option, rule, value);
    }

    @Test
    void jmhGetsWhatTheOthersWouldRefuse() {
        CommandLine.ParseResult parsed =
                PenstockTools.commandLine().parseArgs("jmh", "ConnectBenchmark", "-f", "1", "-wi", "2", "-h");

        assertThat(parsed.subcommand().matchedPositionals()).hasSize(1);
        assertThat(parsed.subcommand().matchedPositional(0).<Iterable<String>>getValue())
                .containsExactly("ConnectBenchmark", "-f", "1", "-wi", "2", "-h");
    }
}
