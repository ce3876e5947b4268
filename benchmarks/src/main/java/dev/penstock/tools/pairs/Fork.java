package dev.penstock.tools.pairs;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.PenstockTools;
import dev.penstock.tools.child.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child JVM that measures. */
final class Fork {
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m");

    private final PostgresServer server;

    private final @Nullable Processor processor;

    /** On that processor, or on any. */
    Fork(PostgresServer server, @Nullable Processor processor) {
        this.server = server;
        this.processor = processor;
    }

    /** Runs one fork to its end. */
    ForkResult run(ForkPlan plan, long seed) throws IOException, InterruptedException {
        Duration limit = ChildJvm.LIMIT.plus(plan.mayTake());
        return ForkResult.parse(ChildJvm.run(HEAP, command(plan, seed), server.password() + "\n", limit));
    }

    private List<String> command(ForkPlan plan, long seed) {
        List<String> command = new ArrayList<>(List.of(
                PenstockTools.class.getName(), "bench", plan.command(), "--port=" + server.port(), "--seed=" + seed));
        command.addAll(plan.options());
        if (processor != null) {
            command.add("--processor=" + processor.number());
        }
        TlsMaterial tls = server.tls();
        if (plan.tls() && tls != null) {
            command.add("--ca=" + tls.caCertificate());
        }
        return command;
    }
}
