package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.hikari.HikariPoolControl;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPool.Reach;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts what there is for it above each pool that Penstock cannot be put below: one that runs already, a class of the
 * user's own, another pool than HikariCP. Says of every other DataSource why it is left as it is.
 *
 * <p>After initialisation, when a pool has all its settings; before order 0, where {@code
 * spring.datasource.connection-fetch=lazy} puts its own wrapper round it.
 */
final class PoolGuard implements DestructionAwareBeanPostProcessor, PriorityOrdered {
    /** What a caller waits while a pool is suspended whose own limit is not known. */
    private static final Duration CALLERS_LIMIT = Duration.ofSeconds(30);

    private final PoolDesk desk;
    private final Definitions definitions;
    private final Wards wards;

    PoolGuard(PoolDesk desk, Definitions definitions) {
        this.desk = desk;
        this.definitions = definitions;
        this.wards = new Wards(desk, definitions);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 11; // after the swap, which says what it knows
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof DataSource dataSource) || AopUtils.isAopProxy(bean)) {
            return bean; // a scoped proxy, for example: its target is looked at
        }
        String name = PoolDesk.nameOf(beanName);
        if (desk.isLeftAlone(name)) {
            return bean;
        }
        if (bean instanceof PenstockDataSource ours) {
            know(ours, beanName, name);
            return bean;
        }
        if (isHikari(dataSource) && OfHikari.isOurs(dataSource)) {
            return bean; // of the swap
        }
        return desk.isWanted(name) ? guard(dataSource, beanName, name) : bean;
    }

    /** The application has put it round a pool, and closes it. */
    private void know(PenstockDataSource ours, String beanName, String name) {
        if (!definitions.isNeverDestroyed(beanName)) {
            add(ours, beanName, new PenstockPool(name, Reach.WHOLE, ours, ours::control), () -> {});
        }
    }

    private void add(DataSource original, String beanName, PenstockPool pool, Runnable end) {
        wards.add(original, beanName, pool, end);
        desk.pools().add(pool);
    }

    private DataSource guard(DataSource original, String beanName, String name) {
        String whyNot = definitions.isNeverDestroyed(beanName)
                ? "it is a prototype: nobody would say when it is closed"
                : Guardable.whyNot(original, definitions.isDeclaredByInterface(beanName));
        if (whyNot != null && isBelow(name)) {
            return original;
        }
        return desk.configUnless(whyNot, name)
                .map(config -> guard(original, config, beanName, name))
                .orElse(original);
    }

    private DataSource guard(DataSource original, PenstockConfig config, String beanName, String name) {
        PenstockDataSource guarded =
                PenstockDataSource.guard(original, controlOf(original), poolName(original, name), config);
        try {
            return standIn(original, guarded, beanName, config);
        } catch (RuntimeException e) {
            // its class must not be extended, or its fields not be seen: then it is as it was without Penstock
            guarded.gate().close();
            desk.leaveAlone(name, "nothing can be made that stands for it: " + e);
            return original;
        }
    }

    /** Somebody has put this before a pool that was swapped. */
    private boolean isBelow(String name) {
        return desk.pools()
                .find(name)
                .filter(pool -> pool.reach() == Reach.WHOLE)
                .isPresent();
    }

    private DataSource standIn(
            DataSource original, PenstockDataSource guarded, String beanName, PenstockConfig config) {
        String name = PoolDesk.nameOf(beanName);
        DataSource standIn = StandIn.of(original, guarded);
        PenstockPool pool = new PenstockPool(name, Reach.ABOVE, standIn, guarded::control);
        add(original, beanName, pool, () -> guarded.gate().close());
        desk.sayWhatIsMissing(name, original, config);
        return standIn;
    }

    private static boolean isHikari(DataSource pool) {
        return KnownPool.of(pool).orElse(null) == KnownPool.HIKARI;
    }

    private static PoolControl controlOf(DataSource pool) {
        return isHikari(pool) ? OfHikari.controlOf(pool) : PoolControl.unknown(CALLERS_LIMIT);
    }

    private static String poolName(DataSource pool, String bean) {
        String name = isHikari(pool) ? OfHikari.nameOf(pool) : null;
        return name == null ? bean : name;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return wards.has(bean);
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        wards.end(bean);
    }

    /** Loaded for pools of HikariCP only. */
    private static final class OfHikari {
        static PoolControl controlOf(DataSource pool) {
            return HikariPoolControl.of((HikariDataSource) pool);
        }

        static boolean isOurs(DataSource pool) {
            return Fit.isOurs(pool);
        }

        static @Nullable String nameOf(DataSource pool) {
            return ((HikariDataSource) pool).getPoolName();
        }
    }
}
