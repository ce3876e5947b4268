package dev.penstock.spring.pools;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockDataSource;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/**
 * Stands for a pool of whatever class, so that whoever wants that class gets it: borrows go by way of the guard,
 * everything else to the pool itself.
 */
final class StandIn implements MethodInterceptor {
    private final PenstockDataSource guarded;
    private final Runnable afterBorrow;

    private StandIn(PenstockDataSource guarded, Runnable afterBorrow) {
        this.guarded = guarded;
        this.afterBorrow = afterBorrow;
    }

    /** Of the pool's own class; if that is final, of its interfaces. */
    static DataSource of(DataSource pool, PenstockDataSource guarded) {
        ProxyFactory factory = new ProxyFactory(pool); // all its interfaces
        factory.setProxyTargetClass(!Modifier.isFinal(pool.getClass().getModifiers()));
        if (KnownPool.of(pool).orElse(null) == KnownPool.HIKARI) {
            HikariMirror mirror = new HikariMirror(pool);
            factory.addAdvice(new StandIn(guarded, mirror::look));
            return mirror.in((DataSource) factory.getProxy(loaderFor(pool)));
        }
        factory.addAdvice(new StandIn(guarded, () -> {}));
        return (DataSource) factory.getProxy(loaderFor(pool));
    }

    /** That of the pool's class; not that of an application server, which does not know Spring. */
    private static @Nullable ClassLoader loaderFor(DataSource pool) {
        ClassLoader own = pool.getClass().getClassLoader();
        return ClassUtils.isVisible(SpringProxy.class, own) ? own : StandIn.class.getClassLoader();
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Method method = call.getMethod();
        Object[] arguments = call.getArguments();
        return switch (method.getName()) {
            case "getConnection" -> method.getReturnType() == Connection.class ? borrow(call) : call.proceed();
            case "unwrap" -> arguments[0] == PenstockControl.class ? guarded.control() : call.proceed();
            case "isWrapperFor" -> arguments[0] == PenstockControl.class || Boolean.TRUE.equals(call.proceed());
            case "evictConnection" -> {
                HikariMirror.asLentByPool(arguments); // HikariCP passes over what is not its own
                yield call.proceed();
            }
            default -> call.proceed();
        };
    }

    private @Nullable Object borrow(MethodInvocation call) throws Throwable {
        Object[] arguments = call.getArguments();
        Connection lent = switch (arguments.length) {
            case 0 -> guarded.getConnection();
            case 2 -> guarded.getConnection((String) arguments[0], (String) arguments[1]);
            default -> (Connection) call.proceed(); // the pool's own
        };
        afterBorrow.run();
        return lent;
    }
}
