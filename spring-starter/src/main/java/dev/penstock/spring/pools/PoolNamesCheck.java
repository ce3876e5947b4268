package dev.penstock.spring.pools;

import dev.penstock.spring.settings.PoolSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses properties of pools that do not exist, when every bean is known; and has the settings read in a context
 * without a DataSource too. A context without one, as tests of a slice have it, may have properties of any.
 */
final class PoolNamesCheck implements SmartInitializingSingleton {
    private final ListableBeanFactory beans;
    private final ObjectProvider<PoolSettings> settings;

    PoolNamesCheck(ListableBeanFactory beans, ObjectProvider<PoolSettings> settings) {
        this.beans = beans;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> names = Arrays.stream(
                        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class, true, false))
                .map(PoolDesk::nameOf)
                .collect(Collectors.toSet());
        PoolSettings known = settings.getObject();
        if (!names.isEmpty()) {
            known.checkPools(names);
        }
    }
}
