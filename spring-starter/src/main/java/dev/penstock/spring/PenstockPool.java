package dev.penstock.spring;

import dev.penstock.PenstockControl;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A DataSource of the context that Penstock looks after. Thread-safe.
 */
public final class PenstockPool {
    private final String bean;
    private final Reach reach;
    private final DataSource dataSource;
    private final Supplier<PenstockControl> control;

    /** How much of Penstock a pool has. */
    public enum Reach {
        /** Below and above it: everything. */
        WHOLE,
        /** Above it only: leases are watched, but its connections are made without Penstock. */
        ABOVE
    }

    /**
     * For whoever puts Penstock round a DataSource.
     *
     * @param bean name of its bean
     * @param reach how much of Penstock it has
     * @param dataSource as the application gets it
     * @param control the handle at run time; asked for each time, as a pool may get another before it starts
     */
    public PenstockPool(String bean, Reach reach, DataSource dataSource, Supplier<PenstockControl> control) {
        this.bean = bean;
        this.reach = reach;
        this.dataSource = dataSource;
        this.control = control;
    }

    /** Name of the DataSource's bean; that of a scoped bean is the one that the application uses. */
    public String bean() {
        return bean;
    }

    /** How much of Penstock it has. */
    public Reach reach() {
        return reach;
    }

    /** As the application gets it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Breaker, gate, leases, the pool's numbers. */
    public PenstockControl control() {
        return control.get();
    }

    @Override
    public String toString() {
        return "pool of bean '" + bean + "'";
    }
}
