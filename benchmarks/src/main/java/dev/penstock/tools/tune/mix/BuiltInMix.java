package dev.penstock.tools.tune.mix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Mixes for those who have none. */
public enum BuiltInMix {
    /** Nine lookups by key, one sum over a hundred rows; without tables, lookups in the system catalogs. */
    READ(false),
    /** The transaction of pgbench, which is TPC-B's. */
    WRITE(true),
    /** Nine lookups, one such transaction. */
    MIXED(true);

    private final boolean writes;

    BuiltInMix(boolean writes) {
        this.writes = writes;
    }

    /** Whether it changes rows. */
    public boolean writes() {
        return writes;
    }

    /**
     * Its statements.
     *
     * @param schema where {@link BenchTables} are; null: nowhere, which {@link #READ} alone can do without
     */
    public Mix statements(@Nullable String schema) {
        String name = name().toLowerCase(Locale.ROOT);
        String file = schema == null ? "catalogs" : name;
        try {
            return MixReader.read(name, text(file).replace("{schema}", Objects.requireNonNullElse(schema, "")));
        } catch (BadMixException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String file) {
        try (InputStream in = BuiltInMix.class.getResourceAsStream(file + ".sql")) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
