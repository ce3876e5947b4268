package dev.penstock.lab.netns;

import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.Programs;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packet filter rules of this network namespace.
 *
 * <p>They stand where packets come in: dropped where they go out they would be an error to their sender, and the sender
 * is not to know.
 */
final class Packets {
    private static final String CHAIN = "inet penstock in";
    private static final String COUNTER = "inet penstock dropped";
    private static final String DROP = " counter name dropped drop";
    private static final Pattern COUNTED = Pattern.compile("packets (\\d+)");

    private final String nft;

    private Packets(Path nft) {
        this.nft = nft.toString();
    }

    /** Prepares the namespace's rules: none is in force. */
    static Packets prepare() {
        Path nft = Programs.find("nft").orElseThrow(() -> new IllegalStateException("nft is missing"));
        Packets packets = new Packets(nft);
        packets.apply("add table inet penstock; add counter " + COUNTER + "; add chain " + CHAIN
                + " { type filter hook input priority 0; }");
        return packets;
    }

    /** All packets to and from a port. */
    void drop(int port) {
        apply(rule("tcp dport " + port) + "; " + rule("tcp sport " + port));
    }

    /** Only what opens a connection to a port. */
    void dropNew(int port) {
        apply(rule("tcp dport " + port + " tcp flags & (syn|ack) == syn"));
    }

    private static String rule(String match) {
        return "add rule " + CHAIN + " " + match + DROP;
    }

    void pass() {
        apply("flush chain " + CHAIN);
    }

    long dropped() {
        Matcher counted = COUNTED.matcher(apply("list counter " + COUNTER));
        if (!counted.find()) {
            throw new IllegalStateException("nft lists no packets");
        }
        return Long.parseLong(counted.group(1));
    }

    private String apply(String commands) {
        return Command.read(nft, commands);
    }
}
