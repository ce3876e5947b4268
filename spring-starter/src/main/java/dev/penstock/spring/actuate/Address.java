package dev.penstock.spring.actuate;

import dev.penstock.KnownAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address behind a name of the URL.
 *
 * @param host host as the URL names it, with its port
 * @param address address and port
 * @param memory WORKED, UNKNOWN or FAILED
 * @param penalty what is held against it: consecutive failures, half of them forgotten every 30 s
 * @param agoMillis time since it last worked or failed; null if nothing is remembered of it
 */
public record Address(
        String host,
        String address,
        KnownAddress.Memory memory,
        double penalty,
        @Nullable Long agoMillis) {
    static Address of(KnownAddress known) {
        return new Address(
                known.host(),
                known.address(),
                known.memory(),
                known.penalty(),
                known.age() == null ? null : known.age().toMillis());
    }
}
