package dev.penstock.internal.wiring;

import dev.penstock.PenstockConfig;
import dev.penstock.PoolControl;
import dev.penstock.internal.target.ConnectTarget;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a connector is to be made of.
 *
 * @param name in events and log lines
 * @param url as the user gave it
 * @param properties likewise
 * @param target what the two say of where to connect to
 * @param config in force: with what URL and properties contribute
 * @param pool the one above, which may be made later; null if none is known
 */
public record Blueprint(
        String name,
        String url,
        Properties properties,
        ConnectTarget target,
        PenstockConfig config,
        @Nullable PoolControl pool) {
    /**
     * Of what the user asks for.
     *
     * @param asked settings, without what URL and properties say
     * @throws dev.penstock.InvalidSettingException if the URL is not one of pgjdbc's or a setting breaks its rule
     */
    public static Blueprint of(
            String name, String url, Properties properties, PenstockConfig asked, @Nullable PoolControl pool) {
        Properties own = new Properties();
        own.putAll(properties);
        ConnectTarget target = ConnectTarget.of(url, own);
        return new Blueprint(name, url, own, target, target.effective(asked), pool);
    }

    /** Whether anybody looks at sessions: somebody who watches leases, or who holds them to limits. */
    boolean isWatched() {
        return config.leases().detection() || !config.session().timeouts().isEmpty();
    }

    /** Whether the pool is known, and has no connection. */
    boolean isPoolEmpty() {
        return pool != null && pool.total() == 0;
    }

    /** Not the record's own, which would print passwords. */
    @Override
    public String toString() {
        return "blueprint of '" + name + "'";
    }
}
