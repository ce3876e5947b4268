package dev.penstock.lab.junit;

import dev.penstock.lab.pgbouncer.PgBouncer;
import java.util.Optional;

/** Skips what cannot run without PgBouncer; see {@link NeedsPgBouncer}. */
public final class PgBouncerRequired extends Requirement {
    @Override
    Optional<String> lack() {
        return PgBouncer.installed()
                ? Optional.empty()
                : Optional.of("PgBouncer is not installed: package " + PgBouncer.PACKAGE);
    }
}
