package dev.penstock.tools.tune;

import dev.penstock.internal.failure.Masking;
import dev.penstock.tools.tune.load.Control;
import dev.penstock.tools.tune.mix.BenchTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A schema of our own, which is dropped whatever happens. Not thread-safe. */
final class Scratch {
    private final Control control;
    private @Nullable String schema;

    Scratch(Control control) {
        this.control = control;
    }

    /** Makes it, with tables in it; returns its name. */
    String create(RandomGenerator random) throws SQLException {
        String name = BenchTables.newName(random);
        schema = name; // from here on there may be something to drop
        BenchTables.create(control.connection(), name);
        return name;
    }

    /** Statements find the tables without the name of the schema, in new sessions of this role. */
    void makeDefault(String role) throws SQLException {
        Connection connection = control.connection();
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("alter role " + role + " set search_path = " + schema + ", public");
        }
    }

    /** Drops it if it was made; what came of it, for people. */
    @Nullable String drop() {
        String name = schema;
        if (name == null) {
            return null;
        }
        try {
            control.insist(connection -> BenchTables.drop(connection, name));
            schema = null;
            return "schema " + name + " was dropped";
        } catch (SQLException e) {
            return "schema " + name + " could not be dropped (" + Masking.mask(e.getMessage())
                    + "), please do so: drop schema " + name + " cascade";
        }
    }
}
