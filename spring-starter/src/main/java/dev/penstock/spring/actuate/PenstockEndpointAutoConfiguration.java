package dev.penstock.spring.actuate;

import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.PoolSettings;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator's endpoint {@code penstock}, wherever it is exposed. */
@AutoConfiguration(after = PenstockAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(PoolSettings.class)
public class PenstockEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    PenstockEndpoint penstockEndpoint(PenstockPools pools) {
        return new PenstockEndpoint(pools);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = PenstockEndpoint.class, exposure = EndpointExposure.WEB)
    PenstockEndpointWebExtension penstockEndpointWebExtension(PenstockEndpoint endpoint) {
        return new PenstockEndpointWebExtension(endpoint);
    }
}
