package dev.penstock.spring.actuate;

import dev.penstock.spring.PenstockPools;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/** The health of each pool that is there when somebody asks, by the name of its bean. */
final class PoolsHealth implements CompositeHealthContributor {
    private final PenstockPools pools;
    private final boolean ownStatus;

    PoolsHealth(PenstockPools pools, boolean ownStatus) {
        this.pools = pools;
        this.ownStatus = ownStatus;
    }

    @Override
    public @Nullable HealthContributor getContributor(String bean) {
        return pools.find(bean).map(pool -> new PoolHealth(pool, ownStatus)).orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return pools.all().stream()
                .map(pool -> new HealthContributors.Entry(pool.bean(), new PoolHealth(pool, ownStatus)));
    }
}
