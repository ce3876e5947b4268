package dev.penstock.spring.observation;

import dev.penstock.PoolGate;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Observes borrows from the moment that every singleton is there: a DataSource is needed by many beans, and must not
 * need the registry, nor what hangs on it, before them. Thread-safe.
 */
final class Borrows implements SmartInitializingSingleton {
    private static final AcquireConvention DEFAULT = new DefaultAcquireConvention();

    private final ObjectProvider<ObservationRegistry> registries;
    private final ObjectProvider<AcquireConvention> conventions;

    private volatile ObservationRegistry registry = ObservationRegistry.NOOP;
    private volatile @Nullable AcquireConvention convention; // written before the registry

    Borrows(ObjectProvider<ObservationRegistry> registries, ObjectProvider<AcquireConvention> conventions) {
        this.registries = registries;
        this.conventions = conventions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        convention = conventions.getIfAvailable();
        registry = registries.getIfAvailable(() -> ObservationRegistry.NOOP);
    }

    Connection observe(String pool, PoolGate.Pool borrowing) throws SQLException {
        ObservationRegistry present = registry;
        if (present.isNoop()) {
            return borrowing.getConnection();
        }
        Observation observation =
                PenstockObservation.ACQUIRE.observation(convention, DEFAULT, () -> new AcquireContext(pool), present);
        return observation.observeChecked(borrowing::getConnection);
    }
}
