package dev.penstock.internal.server;

import dev.penstock.PoolerMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why limits are not in force, in words. Pure. */
final class Findings {
    private static final String CLIENT = "; the client enforces what it can see";

    private Findings() {}

    /** The server did not answer. */
    static Finding notAsked(@Nullable String sqlState, Wanted wanted) {
        return new Finding(
                "not asked " + sqlState,
                "it could not be asked what stands in between and what its sessions have [" + sqlState + "], so "
                        + whatIsSet(wanted),
                true);
    }

    /** Nothing is said on these. */
    static Finding replication() {
        return new Finding(
                "replication",
                "these are replication connections: nothing is set on them, and nothing enforced by the client",
                true);
    }

    /**
     * What is missing; null if nothing is.
     *
     * @param pooler what was found to stand in between
     * @param mode what is configured
     * @param keyPid process of the session's key
     */
    static @Nullable Finding of(
            PoolerMode pooler, PoolerMode mode, int keyPid, Look look, Wanted wanted, @Nullable String noOptions) {
        List<Asked> missing =
                wanted.all().stream().filter(asked -> !look.has(asked)).toList();
        if (missing.isEmpty()) {
            return null;
        }
        return pooler == PoolerMode.TRANSACTION
                ? pooled(mode, keyPid, look.pid(), noOptions, missing, wanted)
                : differing(missing, look, "");
    }

    private static Finding pooled(
            PoolerMode mode,
            int keyPid,
            int serverPid,
            @Nullable String noOptions,
            List<Asked> missing,
            Wanted wanted) {
        boolean lacks = !missing.stream().allMatch(wanted::isSetLocal);
        if (mode == PoolerMode.TRANSACTION) {
            return new Finding(
                    "pooled",
                    "it is behind a transaction pooler (penstock.session.pooler), so " + whatIsSet(wanted),
                    lacks);
        }
        String refused = noOptions == null ? "" : ", which takes no options at startup [" + noOptions + "]";
        return new Finding(
                "pooled " + noOptions,
                "a connection pooler stands in between" + refused + ": the session's key is of process " + keyPid
                        + ", but process " + serverPid + " serves it; so " + whatIsSet(wanted),
                lacks);
    }

    private static String whatIsSet(Wanted wanted) {
        String local = wanted.all().stream()
                .filter(wanted::isSetLocal)
                .map(Asked::name)
                .collect(Collectors.joining(" and "));
        return (local.isEmpty()
                        ? "nothing is set"
                        : "nothing is set for sessions; transactions of leases begin with SET LOCAL of " + local)
                + CLIENT;
    }

    /** The startup packet was taken, but not what was in it: from now on it is set after each connect. */
    static Finding overridden(Look before, Wanted wanted) {
        return differing(
                wanted.all().stream()
                        .filter(asked -> before.value(asked) != null && !before.has(asked))
                        .toList(),
                before,
                "after startup options that asked for something else (set after each connect from now on): ");
    }

    private static Finding differing(List<Asked> missing, Look look, String when) {
        List<String> keys = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Asked asked : missing) {
            Look.Value value = look.value(asked);
            if (value == null || !asked.isKnownTo(look.versionNum())) {
                keys.add(asked.name());
                texts.add("version " + look.versionNum() + " does not know " + asked.name());
            } else {
                keys.add(asked.name() + " " + value.source());
                texts.add(asked.name() + " is " + value.millis() + " ms (source: " + value.source() + "), not "
                        + asked.millis() + " ms");
            }
        }
        return new Finding(when + keys, when + String.join(", ", texts) + CLIENT, true);
    }
}
