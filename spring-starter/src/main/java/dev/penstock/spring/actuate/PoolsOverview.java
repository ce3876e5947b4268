package dev.penstock.spring.actuate;

import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Every pool in a few numbers.
 *
 * @param pools by the names of their beans
 * @param unusable pools that cannot start or were closed, and why, by the names of their beans
 * @param leftAlone DataSources that Penstock leaves alone, and why, by the names of their beans
 */
public record PoolsOverview(List<PoolSummary> pools, Map<String, String> unusable, Map<String, String> leftAlone)
        implements OperationResponseBody {
    /** Copies the list. */
    public PoolsOverview {
        pools = List.copyOf(pools);
    }
}
