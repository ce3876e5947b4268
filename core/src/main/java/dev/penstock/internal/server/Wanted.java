package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What every session is to have on its server. Immutable. */
final class Wanted {
    /** PostgreSQL manual, section 20.3.2. */
    static final String CLIENT_CHECK = "client_connection_check_interval";

    private static final int CLIENT_CHECK_SINCE = 140_000;

    private final List<Asked> all;
    private final boolean setsLocal;

    private Wanted(List<Asked> all, boolean setsLocal) {
        this.all = List.copyOf(all);
        this.setsLocal = setsLocal;
    }

    static Wanted of(SessionSettings settings) {
        SessionTimeouts timeouts = settings.timeouts();
        List<Asked> all = new ArrayList<>();
        for (SessionLimit limit : SessionLimit.values()) {
            Duration value = timeouts.get(limit);
            if (value != null) {
                all.add(Asked.of(limit, value.toMillis()));
            }
        }
        Duration interval = settings.clientConnectionCheckInterval();
        if (interval != null) {
            all.add(new Asked(CLIENT_CHECK, interval.toMillis(), CLIENT_CHECK_SINCE, null));
        }
        return new Wanted(all, settings.setLocal());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of {@link SessionLimit}, {@value #CLIENT_CHECK} last. */
    List<Asked> all() {
        return all;
    }

    /** Whether transactions of leases begin with this one where it cannot be set for a session. */
    boolean isSetLocal(Asked one) {
        return setsLocal && SetLocal.takes(one.limit());
    }

    /** For platforms that cannot do it, and refuse everything that is asked for together with it. */
    Wanted withoutClientCheck() {
        return new Wanted(
                all.stream().filter(asked -> !asked.name().equals(CLIENT_CHECK)).toList(), setsLocal);
    }

    /**
     * For the startup packet: {@code -c statement_timeout=30000 -c lock_timeout=5000}; what this version does not know
     * would be a refusal, and is left out. Empty if nothing is left.
     */
    String options(int versionNum) {
        return all.stream()
                .filter(asked -> asked.isKnownTo(versionNum))
                .map(asked -> "-c " + asked.name() + "=" + asked.millis())
                .collect(Collectors.joining(" "));
    }
}
