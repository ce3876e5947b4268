package dev.penstock.lab.junit;

import dev.penstock.lab.netns.NetworkNamespace;
import java.util.Optional;

/** Skips what cannot run without a network namespace; see {@link NeedsNetworkNamespace}. */
public final class NetworkNamespaceRequired extends Requirement {
    @Override
    Optional<String> lack() {
        return NetworkNamespace.lack();
    }
}
