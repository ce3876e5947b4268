package dev.penstock.internal.connect;

import dev.penstock.KnownAddress;
import dev.penstock.internal.order.AddressMemory;
import dev.penstock.internal.order.AddressState;
import dev.penstock.internal.resolve.LastGoodAnswers;
import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the addresses of a connector's hosts: those that each name last resolved to, and those of which
 * something is remembered beside them, each host's in the order in which they would be tried now.
 */
final class Recollection {
    private final List<HostPort> hosts;
    private final AddressMemory memory;
    private final List<AddressState> states;

    Recollection(List<HostPort> hosts, AddressMemory memory) {
        this.hosts = hosts;
        this.memory = memory;
        this.states = memory.snapshot();
    }

    /** With these answers of the name service; empty before the first connect. */
    List<KnownAddress> of(LastGoodAnswers answers) {
        List<KnownAddress> known = new ArrayList<>();
        for (HostPort host : new LinkedHashSet<>(hosts)) {
            Set<InetAddress> addresses = new LinkedHashSet<>(answers.latest(host.host()));
            statesOf(host).forEach(state -> addresses.add(state.address()));
            memory.order(host, List.copyOf(addresses)).forEach(address -> known.add(known(host, address)));
        }
        return List.copyOf(known);
    }

    private List<AddressState> statesOf(HostPort host) {
        return states.stream().filter(state -> state.host().equals(host)).toList();
    }

    private KnownAddress known(HostPort host, InetAddress address) {
        String name = host.toString();
        String text = host.at(address).toString();
        AddressState state = stateOf(host, text);
        return state == null
                ? new KnownAddress(name, text, KnownAddress.Memory.UNKNOWN, 0, null)
                : new KnownAddress(name, text, memoryOf(state), state.penalty(), state.age());
    }

    /** By its text: the scope of a link-local address is part of that, and not of equals. */
    private @Nullable AddressState stateOf(HostPort host, String text) {
        return statesOf(host).stream()
                .filter(state -> host.at(state.address()).toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static KnownAddress.Memory memoryOf(AddressState state) {
        return state.lastGood() ? KnownAddress.Memory.WORKED : KnownAddress.Memory.FAILED;
    }
}
