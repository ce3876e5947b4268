package dev.penstock.spring;

import dev.penstock.PenstockListener;
import dev.penstock.PenstockMXBean;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image cannot see by itself. */
final class PenstockRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        // HikariConfig.copyStateTo copies field by field
        fields(hints, loader, "com.zaxxer.hikari.HikariConfig");
        // pgjdbc makes it by its name
        hints.reflection()
                .registerType(
                        TypeReference.of("dev.penstock.internal.session.PenstockSocketFactory"),
                        MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        // the driver is asked what it does, see dev.penstock.internal.session.Drivers
        fields(hints, loader, "org.postgresql.core.QueryExecutorBase");
        fields(hints, loader, "org.postgresql.core.v3.QueryExecutorImpl");
        hints.resources().registerPattern("org/postgresql/driverconfig.properties");
        // whether a listener has a method of its own for what would be told often
        hints.reflection().registerType(PenstockListener.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        // JMX reads the interface
        hints.reflection().registerType(PenstockMXBean.class, MemberCategory.INVOKE_PUBLIC_METHODS);
    }

    private static void fields(RuntimeHints hints, @Nullable ClassLoader loader, String type) {
        hints.reflection()
                .registerTypeIfPresent(loader, type, hint -> hint.withMembers(MemberCategory.ACCESS_DECLARED_FIELDS));
    }
}
