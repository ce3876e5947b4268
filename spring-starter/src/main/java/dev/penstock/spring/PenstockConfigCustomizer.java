package dev.penstock.spring;

import dev.penstock.PenstockConfig;

/**
 * Sets what no property can name (listeners, a resolver, a supplier of credentials, a plan in code), or anything else.
 * A bean of this type is called once for each DataSource, in the order of {@code @Order}, before the properties: what
 * they say counts more.
 */
@FunctionalInterface
public interface PenstockConfigCustomizer {
    /**
     * Changes the configuration of one pool.
     *
     * @param bean name of the DataSource's bean
     * @param config with what was set before
     */
    void customize(String bean, PenstockConfig.Builder config);
}
