package dev.penstock.tools.pairs;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What each fork of a comparison does.
 *
 * @param command the subcommand of {@code bench} that measures; it has a {@link ForkEnd}
 * @param host host in the URL: an address, or a name that has to be looked up
 * @param tls whether sessions are encrypted and the server's certificate is checked
 * @param warmUp pairs before the measurement
 * @param cycles pairs that are measured
 * @param oneProcessor whether server and JVMs are all kept on one processor, where that can be done: for what takes so
 *     little that it matters most whether a wake-up has to cross from one to another
 * @param mayTake what so much work may take on a busy machine, on top of what any child JVM may
 * @param more options of that command alone
 */
public record ForkPlan(
        String command,
        String host,
        boolean tls,
        int warmUp,
        int cycles,
        boolean oneProcessor,
        Duration mayTake,
        List<String> more) {
    private static final String LOCALHOST = "localhost";
    private static final String LOCAL_ADDRESS = "127.0.0.1";

    /** Copies the list. */
    public ForkPlan {
        more = List.copyOf(more);
    }

    /** Where the server listens: on 127.0.0.1, through which it is looked after, and on the host if that is another address. */
    String listenAddresses() {
        return host.equals(LOCALHOST) || host.equals(LOCAL_ADDRESS) ? LOCAL_ADDRESS : LOCAL_ADDRESS + "," + host;
    }

    /** As the options of {@link ForkEnd}, and those of the command alone. */
    List<String> options() {
        return Stream.concat(
                        Stream.of("--host=" + host, "--tls=" + tls, "--warm-up=" + warmUp, "--cycles=" + cycles),
                        more.stream())
                .toList();
    }
}
