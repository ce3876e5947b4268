package dev.penstock.lab.junit;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.PostgresServerBuilder;
import dev.penstock.lab.postgres.TlsMaterial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the servers that {@link WithPostgres} asks for, and closes them when the run ends. */
public final class PostgresExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostgresServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(Key.of(nearest(parameter, context)), context).server;
    }

    /** The store of the whole run closes what it holds. */
    @SuppressWarnings("deprecation") // computeIfAbsent is what Jupiter 5 lacks
    private static Shared shared(Key key, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        return Objects.requireNonNull(store.getOrComputeIfAbsent(key, Shared::new, Shared.class));
    }

    /** The annotation of the method wins over that of the class, and an inner class's over the outer one's. */
    private static WithPostgres nearest(ParameterContext parameter, ExtensionContext context) {
        Optional<WithPostgres> found =
                AnnotationSupport.findAnnotation(parameter.getDeclaringExecutable(), WithPostgres.class);
        Optional<ExtensionContext> at = Optional.of(context);
        while (found.isEmpty() && at.isPresent()) {
            found = AnnotationSupport.findAnnotation(at.get().getElement(), WithPostgres.class);
            at = at.get().getParent();
        }
        return found.orElseThrow(
                () -> new ParameterResolutionException("A PostgresServer parameter needs @WithPostgres"));
    }

    private record Key(int major, boolean tls, List<String> settings) {
        static Key of(WithPostgres wanted) {
            int major = wanted.major() == 0 ? PostgresServerBuilder.defaultMajor() : wanted.major();
            return new Key(major, wanted.tls(), List.of(wanted.settings()));
        }
    }

    /** Closeable in both ways, because Jupiter up to 5.12 closes only its own kind of resource. */
    @SuppressWarnings("deprecation")
    private static final class Shared implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final @Nullable TlsMaterial tls;
        private final PostgresServer server;

        private Shared(Key key) {
            tls = key.tls() ? TlsMaterial.forNames("db.penstock.test", "localhost", "127.0.0.1") : null;
            PostgresServerBuilder builder = PostgresServer.builder().major(key.major());
            if (tls != null) {
                builder.tls(tls);
            }
            for (String setting : key.settings()) {
                String[] pair = setting.split("=", 2);
                if (pair.length < 2) {
                    throw new IllegalArgumentException("settings must read name=value, but was " + setting);
                }
                builder.setting(pair[0].trim(), pair[1].trim());
            }
            server = builder.start();
        }

        @Override
        public void close() {
            server.close();
            if (tls != null) {
                tls.close();
            }
        }
    }
}
