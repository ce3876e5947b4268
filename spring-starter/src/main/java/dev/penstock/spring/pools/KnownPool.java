package dev.penstock.spring.pools;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/** Pools that can be guarded. Known by the names of their classes: none of them need be on the class path. */
enum KnownPool {
    HIKARI("com.zaxxer.hikari.HikariDataSource", "getJdbcUrl"),
    TOMCAT("org.apache.tomcat.jdbc.pool.DataSourceProxy", "getUrl"),
    DBCP2("org.apache.commons.dbcp2.BasicDataSource", "getUrl"),
    DBCP2_OF_TOMCAT("org.apache.tomcat.dbcp.dbcp2.BasicDataSource", "getUrl"),
    C3P0("com.mchange.v2.c3p0.AbstractComboPooledDataSource", "getJdbcUrl"),
    AGROAL(
            "io.agroal.api.AgroalDataSource",
            "getConfiguration.connectionPoolConfiguration.connectionFactoryConfiguration.jdbcUrl"),
    VIBUR("org.vibur.dbcp.ViburDBCPDataSource", "getJdbcUrl"),
    UCP("oracle.ucp.jdbc.PoolDataSource", "getURL");

    private final String className;
    private final String wayToUrl;

    /**
     * A pool.
     *
     * @param wayToUrl getters, each of what the one before it returns
     */
    KnownPool(String className, String wayToUrl) {
        this.className = className;
        this.wayToUrl = wayToUrl;
    }

    /** Which of them this is. */
    static Optional<KnownPool> of(Object dataSource) {
        return Arrays.stream(values())
                .filter(pool -> isA(dataSource.getClass(), pool.className))
                .findFirst();
    }

    /** Whether the class, one that it extends or an interface of theirs has that name. */
    static boolean isA(Class<?> type, String className) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (one.getName().equals(className)) {
                return true;
            }
        }
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(one -> one.getName().equals(className));
    }

    /** What its connections are made with; null if it does not tell. */
    @Nullable String url(Object dataSource) {
        Object found = dataSource;
        for (String getter : StringUtils.delimitedListToStringArray(wayToUrl, ".")) {
            found = found == null ? null : ask(found, getter);
        }
        return found == null ? null : found.toString();
    }

    private static @Nullable Object ask(Object of, String getter) {
        try {
            Method method = ClassUtils.getMethodIfAvailable(of.getClass(), getter);
            return method == null
                    ? null
                    : ReflectionUtils.invokeMethod(
                            ClassUtils.getPubliclyAccessibleMethodIfPossible(method, of.getClass()), of);
        } catch (RuntimeException e) {
            return null; // the pool's own code, or it may not be asked: then it is left as it is
        }
    }
}
