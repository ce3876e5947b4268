package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NativeDetector;
import org.springframework.util.ReflectionUtils;

/** Whether something can be put above a DataSource without anybody noticing. */
final class Guardable {
    private static final String BY_HAND = "; PenstockDataSource.guard(...) does it by hand";

    private static final Map<String, String> NO_POOLS = Map.of(
            "org.springframework.jdbc.datasource.DelegatingDataSource",
            "it stands before another DataSource: that one counts, if it is a bean",
            "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource",
            "it stands before other DataSources: those of them count that are beans",
            "org.springframework.jdbc.datasource.embedded.EmbeddedDatabase",
            "it is an embedded database",
            "org.springframework.jdbc.datasource.AbstractDriverBasedDataSource",
            "it is no pool: a connection is made for each borrow, or one is used by all",
            "org.postgresql.ds.common.BaseDataSource",
            "it is pgjdbc's own: no pool, or one (PGPoolingDataSource) that pgjdbc itself advises against",
            "dev.penstock.PenstockConnector",
            "it is a connector: Penstock is below whatever draws from it",
            "dev.penstock.PenstockView",
            "it is a view of a pool that Penstock looks after");

    private Guardable() {}

    /**
     * Null if it can; else why not, for people.
     *
     * @param byInterface whether nobody counts on its class
     */
    static @Nullable String whyNot(DataSource dataSource, boolean byInterface) {
        KnownPool pool = KnownPool.of(dataSource).orElse(null);
        if (pool == null) {
            return whyNoPool(dataSource.getClass());
        }
        if (NativeDetector.inNativeImage()) {
            return "in a native image no class can be made that stands for "
                    + dataSource.getClass().getName() + BY_HAND;
        }
        String url = pool == KnownPool.HIKARI
                ? Fit.whyNot((HikariDataSource) dataSource)
                : Fit.whyNotUrl(pool.url(dataSource));
        return url == null ? whyNoStandIn(dataSource.getClass(), byInterface) : url;
    }

    private static String whyNoPool(Class<?> type) {
        return NO_POOLS.entrySet().stream()
                .filter(known -> KnownPool.isA(type, known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> "it is not one of the pools that Penstock knows (" + type.getName() + ")" + BY_HAND);
    }

    private static @Nullable String whyNoStandIn(Class<?> type, boolean byInterface) {
        if (Modifier.isFinal(type.getModifiers())) {
            return byInterface
                    ? null
                    : "its class is final (" + type.getName()
                            + "), and somebody may want just that: declare the bean as a DataSource";
        }
        return Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
                .filter(Guardable::isOutOfReach)
                .findFirst()
                .map(method -> "its method " + method.getName() + " is final (" + type.getName()
                        + "), so that nothing can stand for it" + BY_HAND)
                .orElse(null);
    }

    /** Called on whatever stands for the pool it would see empty fields. */
    private static boolean isOutOfReach(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers)
                && !Modifier.isPrivate(modifiers)
                && !Modifier.isStatic(modifiers)
                && method.getDeclaringClass() != Object.class;
    }
}
