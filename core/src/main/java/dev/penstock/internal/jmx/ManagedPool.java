package dev.penstock.internal.jmx;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * A pool that the platform's MBean server knows, until it is closed. Whatever goes wrong with that is a complaint and
 * nothing more: no pool fails because of its management. Thread-safe.
 */
public final class ManagedPool implements AutoCloseable {
    private static final String WITH_QUOTES = ",=:\"*?\n";

    private final MBeanServer server;
    private final Consumer<String> complain;

    /** Null if it is not registered (any longer). Guarded by this. */
    private @Nullable ObjectName registered;

    private ManagedPool(MBeanServer server, Consumer<String> complain) {
        this.server = server;
        this.complain = complain;
    }

    /**
     * Registers it.
     *
     * @param control asked at each call: a connector may get a pool later
     * @param complain told in one sentence if it cannot be registered
     */
    public static ManagedPool register(String name, Supplier<PenstockControl> control, Consumer<String> complain) {
        ManagedPool pool = new ManagedPool(ManagementFactory.getPlatformMBeanServer(), complain);
        pool.register(name, control);
        return pool;
    }

    private synchronized void register(String name, Supplier<PenstockControl> control) {
        try {
            ObjectName wanted = nameOf(name);
            server.registerMBean(new StandardMBean(new PoolBean(control), PenstockMXBean.class, true), wanted);
            registered = wanted;
        } catch (InstanceAlreadyExistsException e) {
            complain.accept("penstock '" + name + "': not registered with JMX, there is a pool of that name already;"
                    + " give one of them another name, or set penstock.jmx.enabled=false");
        } catch (JMException | RuntimeException e) { // a SecurityException for example
            complain.accept("penstock '" + name + "': not registered with JMX: " + e);
        }
    }

    /** {@code dev.penstock:type=Pool,name=...}, the name quoted where it must be and not elsewhere. */
    static ObjectName nameOf(String pool) throws MalformedObjectNameException {
        boolean plain = !pool.isEmpty() && pool.chars().noneMatch(c -> WITH_QUOTES.indexOf(c) >= 0);
        return new ObjectName("dev.penstock:type=Pool,name=" + (plain ? pool : ObjectName.quote(pool)));
    }

    /** Nobody sees it any longer; another of the same name stays. Idempotent. */
    @Override
    public synchronized void close() {
        ObjectName name = registered;
        registered = null;
        if (name == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody has cleared the server
        } catch (MBeanRegistrationException | RuntimeException e) {
            complain.accept("penstock: " + name + " not unregistered from JMX: " + e);
        }
    }
}
