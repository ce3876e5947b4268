package dev.penstock.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed while {@code penstock.observation.enabled} is true. */
public enum PenstockObservation implements ObservationDocumentation {
    /** A borrow, from the call to the connection or the exception: in the gate, in the pool, and the start of that. */
    ACQUIRE {
        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public String getContextualName() {
            return CONTEXTUAL_NAME;
        }

        @Override
        public Class<DefaultAcquireConvention> getDefaultConvention() {
            return DefaultAcquireConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return Key.values();
        }
    };

    static final String NAME = "penstock.connection.acquire";
    static final String CONTEXTUAL_NAME = "acquire connection";

    /** Keys of few values. */
    public enum Key implements KeyName {
        /** Name of the pool, as in its metrics. */
        POOL("pool"),
        /** An {@link Outcome} in small letters. */
        OUTCOME("outcome");

        private final String key;

        Key(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
