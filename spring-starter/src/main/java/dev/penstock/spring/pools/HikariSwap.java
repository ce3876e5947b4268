package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPool.Reach;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts a {@link PenstockHikariDataSource} in the place of each HikariDataSource that has not started, with the same
 * configuration: whoever wants a HikariDataSource gets one, and nothing else looks different.
 *
 * <p>Right after properties were bound (order +1) and connection details were applied (+2); before anything can borrow.
 * What is already running, or a class of its own, is left to {@link PoolGuard}.
 */
final class HikariSwap implements DestructionAwareBeanPostProcessor, PriorityOrdered {
    private static final String LIMITS = "penstock.session.";

    private final PoolDesk desk;
    private final Definitions definitions;
    private final Supplier<HikariMaker> making;
    private final LimitedPools limited;
    private final Wards wards;

    /** From the swap until the bean is initialised, by its name: somebody may have put something before it by then. */
    private final Map<String, PenstockPool> swapped = new ConcurrentHashMap<>();

    /**
     * Not asked for anything before the first DataSource.
     *
     * @param making makes the data source of a pool
     * @param limited what pools with limits have besides
     */
    HikariSwap(PoolDesk desk, Definitions definitions, Supplier<HikariMaker> making, LimitedPools limited) {
        this.desk = desk;
        this.definitions = definitions;
        this.making = making;
        this.limited = limited;
        this.wards = new Wards(desk, definitions);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public @Nullable Object postProcessBeforeInitialization(Object bean, String beanName) {
        return bean.getClass() == HikariDataSource.class ? swap((HikariDataSource) bean, beanName) : bean;
    }

    private HikariDataSource swap(HikariDataSource original, String beanName) {
        String name = PoolDesk.nameOf(beanName);
        if (original.getHikariPoolMXBean() != null || original.isClosed()) {
            return original; // for the guard
        }
        if (!desk.isWanted(name)) {
            return original;
        }
        return desk.configUnless(Fit.whyNot(original), name)
                .map(config -> swap(original, config, beanName))
                .orElse(original);
    }

    private HikariDataSource swap(HikariDataSource original, PenstockConfig config, String beanName) {
        PenstockHikariDataSource ours =
                making.get().apply(hasLimits(config, original) ? limited.apply(config) : config);
        original.copyStateTo(ours);
        PenstockPool pool = know(original, ours, beanName);
        if (!definitions.isNeverDestroyed(beanName)) {
            swapped.put(beanName, pool);
        }
        return ours;
    }

    /** What URL and properties of the driver set counts more than the configuration. */
    private static boolean hasLimits(PenstockConfig config, HikariConfig hikari) {
        return !config.session().timeouts().isEmpty()
                || hikari.getJdbcUrl().contains(LIMITS)
                || hikari.getDataSourceProperties().keySet().stream()
                        .anyMatch(key -> key.toString().startsWith(LIMITS));
    }

    /** Once nobody sets anything any more: whoever is told of a pool may ask for its control. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        PenstockPool pool = swapped.remove(beanName);
        if (pool != null) {
            desk.pools().add(pool);
        } else if (bean instanceof PenstockHikariDataSource own && isNew(own, beanName)) {
            desk.pools().add(know(own, own, beanName));
        }
        return bean;
    }

    /** The same pool may be a bean of two names. */
    private boolean isNew(PenstockHikariDataSource own, String beanName) {
        return !definitions.isNeverDestroyed(beanName) && !wards.hold(own);
    }

    /**
     * Spring destroys what it made itself: the original, which never started. Ours is closed then, unless the original
     * would not have been; and only there, as a prototype is never destroyed, and known to whoever asked for it alone.
     */
    private PenstockPool know(HikariDataSource original, PenstockHikariDataSource ours, String beanName) {
        boolean closes = original != ours && !definitions.isClosedBySomebodyElse(beanName);
        PenstockPool pool = new PenstockPool(PoolDesk.nameOf(beanName), Reach.WHOLE, ours, ours::control);
        if (!definitions.isNeverDestroyed(beanName)) {
            wards.add(original, beanName, pool, closes ? ours::close : () -> {});
        }
        return pool;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return wards.has(bean);
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        wards.end(bean);
    }
}
