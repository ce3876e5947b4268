package dev.penstock.tools;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands everything on to JMH, options too: {@code jmh ConnectBenchmark -f 1}, {@code jmh -l}, {@code jmh -h}. */
@Command(
        name = "jmh",
        description = "Runs the JMH benchmarks of this jar; all arguments are JMH's own (jmh -h, jmh -l).",
        customSynopsis = "penstock-tools jmh [JMH arguments]")
final class JmhCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "as for org.openjdk.jmh.Main")
    private List<String> arguments = List.of();

    /** Unlike its siblings it takes what it does not know. */
    static CommandLine commandLine() {
        return new CommandLine(new JmhCommand())
                .setUnmatchedOptionsArePositionalParams(true)
                .setExpandAtFiles(false);
    }

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new)); // exits by itself when it fails
        return CommandLine.ExitCode.OK;
    }
}
