package dev.penstock.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * What the Observation of a borrow is called and which keys it has. Declare a bean of this type, or a {@link
 * io.micrometer.observation.GlobalObservationConvention} for {@link AcquireContext}, to have it otherwise. Must be
 * thread-safe.
 */
public interface AcquireConvention extends ObservationConvention<AcquireContext> {
    @Override
    default String getName() {
        return PenstockObservation.NAME;
    }

    @Override
    default String getContextualName(AcquireContext context) {
        return PenstockObservation.CONTEXTUAL_NAME;
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(AcquireContext context) {
        return KeyValues.of(
                PenstockObservation.Key.POOL.withValue(context.pool()),
                PenstockObservation.Key.OUTCOME.withValue(context.outcome().label()));
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AcquireContext;
    }
}
