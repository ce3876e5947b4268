package dev.penstock.lab.netns;

import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine lets us have network namespaces, and by which command. */
final class NamespaceSupport {
    /** Why not; empty if it does. */
    static final Optional<String> LACK = lack();

    private static final String RULE = "add table inet penstock";

    private NamespaceSupport() {}

    /**
     * Root stays what it is; others become the owner of a user namespace, in which they may filter packets. Shared
     * memory has a namespace too, so that killed servers leave none behind.
     */
    static List<String> unshare() {
        return Programs.asRoot()
                ? List.of("unshare", "-n", "-i")
                : List.of("unshare", "-n", "-i", "--map-current-user", "--keep-caps");
    }

    private static Optional<String> lack() {
        if (Programs.find("unshare").isEmpty()) {
            return Optional.of("unshare is missing: Linux only, package util-linux");
        }
        if (Programs.find("nft").isEmpty()) {
            return Optional.of("nft is missing: package nftables");
        }
        if (Programs.find("ip").isEmpty()) {
            return Optional.of("ip is missing: package iproute2");
        }
        return trial();
    }

    /** The programs are one thing, what kernel and container allow another. */
    private static Optional<String> trial() {
        List<String> words = new ArrayList<>(unshare());
        words.addAll(List.of(Programs.find("nft").orElseThrow().toString(), RULE));
        try {
            Command.read(words.toArray(String[]::new));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(
                    "this machine allows no network namespace, or no packet filter in it: " + e.getMessage());
        }
    }
}
