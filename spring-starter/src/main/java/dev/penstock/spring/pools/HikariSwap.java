package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPool.Reach;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    private final PoolDesk desk;
    private final Supplier<HikariMaker> making;

    /** Pools by what they were put in the place of: that is what Spring destroys. Bean instances have no equals. */
    private final Map<Object, PenstockPool> swapped = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Not asked for anything before the first DataSource.
     *
     * @param making makes the data source of a pool
     */
    HikariSwap(PoolDesk desk, Supplier<HikariMaker> making) {
        this.desk = desk;
        this.making = making;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public @Nullable Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof PenstockHikariDataSource ours) {
            know(bean, ours, PoolDesk.nameOf(beanName));
            return bean;
        }
        return bean.getClass() == HikariDataSource.class
                ? swap((HikariDataSource) bean, PoolDesk.nameOf(beanName))
                : bean;
    }

    private Object swap(HikariDataSource original, String name) {
        if (original.getHikariPoolMXBean() != null || original.isClosed()) {
            return original; // for the guard
        }
        if (!desk.isWanted(name)) {
            return original;
        }
        String whyNot = Fit.whyNot(original);
        if (whyNot != null) {
            desk.leaveAlone(name, whyNot);
            return original;
        }
        PenstockConfig config = desk.configOf(name);
        if (!config.enabled()) {
            desk.leaveAlone(name, "penstock.pools." + name + ".enabled is false");
            return original;
        }
        PenstockHikariDataSource ours = making.get().apply(config);
        original.copyStateTo(ours);
        know(original, ours, name);
        return ours;
    }

    private void know(Object bean, PenstockHikariDataSource ours, String name) {
        swapped.put(bean, new PenstockPool(name, Reach.WHOLE, ours, ours::control));
    }

    /** Others may still set something before: whoever is told of a pool may ask for its control. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof PenstockHikariDataSource) {
            List.copyOf(swapped.values()).stream()
                    .filter(pool -> pool.dataSource() == bean)
                    .forEach(desk.pools()::add);
        }
        return bean;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return swapped.containsKey(bean);
    }

    /** Spring destroys what it made itself: the original, which never started. */
    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        PenstockPool pool = swapped.remove(bean);
        if (pool != null) {
            desk.pools().remove(pool);
            if (pool.dataSource() != bean) {
                ((PenstockHikariDataSource) pool.dataSource()).close();
            }
        }
    }
}
