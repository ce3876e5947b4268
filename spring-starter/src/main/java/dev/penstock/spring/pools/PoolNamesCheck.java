package dev.penstock.spring.pools;

import dev.penstock.spring.settings.PoolSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses properties of pools that do not exist, when every bean is known; and has the settings read in a context
 * without a DataSource too. A context without one, and a test of a slice, may have properties of any.
 */
final class PoolNamesCheck implements SmartInitializingSingleton {
    private final ListableBeanFactory beans;
    private final ObjectProvider<PoolSettings> settings;
    private final ObjectProvider<Slice> slice;

    PoolNamesCheck(ListableBeanFactory beans, ObjectProvider<PoolSettings> settings, ObjectProvider<Slice> slice) {
        this.beans = beans;
        this.settings = settings;
        this.slice = slice;
    }

    @Override
    public void afterSingletonsInstantiated() {
        PoolSettings known = settings.getObject();
        if (!known.namesPools() || slice.getIfAvailable() != null) {
            return;
        }
        Set<String> names = dataSources();
        if (!names.isEmpty()) {
            known.checkPools(names);
        }
    }

    /** A factory that has not been asked yet may make one: nobody can say that its name is wrong. */
    private Set<String> dataSources() {
        Stream<String> known = Arrays.stream(
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class, true, false));
        Stream<String> unknown =
                Arrays.stream(beans.getBeanDefinitionNames()).filter(name -> beans.getType(name, false) == null);
        return Stream.concat(known, unknown).map(PoolDesk::nameOf).collect(Collectors.toSet());
    }
}
