package dev.penstock.spring.pools;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * In tests of a slice, as {@code @JdbcTest}, and nowhere else: they leave out the configurations of an application, and
 * with them the DataSources that its properties name.
 */
@AutoConfiguration
public class PenstockSliceAutoConfiguration {
    @Bean
    Slice penstockSlice() {
        return new Slice();
    }
}
