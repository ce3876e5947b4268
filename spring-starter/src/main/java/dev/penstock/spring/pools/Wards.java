package dev.penstock.spring.pools;

import dev.penstock.spring.PenstockPool;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.FactoryBean;

/**
 * What was put round the DataSources of a context, until they are destroyed. Spring destroys what it made itself, and
 * tells of that: of the bean as it was before, or of the FactoryBean that has made it. Thread-safe.
 */
final class Wards {
    private final PoolDesk desk;
    private final Definitions definitions;

    /** By the object that Spring will tell of; neither DataSources nor FactoryBeans need have an equals. */
    private final Map<Object, Ward> wards = Collections.synchronizedMap(new IdentityHashMap<>());

    private record Ward(PenstockPool pool, Runnable end) {}

    Wards(PoolDesk desk, Definitions definitions) {
        this.desk = desk;
        this.definitions = definitions;
    }

    /**
     * From now on.
     *
     * @param original as Spring made it
     * @param beanName as Spring has it
     * @param end what to do when it is about to be destroyed
     */
    void add(Object original, String beanName, PenstockPool pool, Runnable end) {
        wards.put(definitions.ownerOf(original, beanName), new Ward(pool, end));
    }

    /** Whether the application gets this as one of them. */
    boolean hold(DataSource ours) {
        synchronized (wards) {
            return wards.values().stream().anyMatch(ward -> ward.pool().dataSource() == ours);
        }
    }

    /** Whether there is something to do when it is destroyed. A FactoryBean is asked after before it makes anything. */
    boolean has(Object bean) {
        return wards.containsKey(bean) || (bean instanceof FactoryBean<?> factory && makesDataSources(factory));
    }

    private static boolean makesDataSources(FactoryBean<?> factory) {
        try {
            Class<?> type = factory.getObjectType();
            return type != null && DataSource.class.isAssignableFrom(type);
        } catch (RuntimeException e) {
            return false; // Spring asks likewise, and takes that for "not known"
        }
    }

    /** It is about to be destroyed. */
    void end(Object bean) {
        Ward ward = wards.remove(bean);
        if (ward != null) {
            try {
                desk.pools().remove(ward.pool());
            } finally {
                ward.end().run(); // whatever others think of it: an open pool keeps threads and connections
            }
        }
    }
}
