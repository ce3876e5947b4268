package dev.penstock.bench.start.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Something for Hibernate to look after. */
@Entity
public class Item {
    @Id
    private @Nullable Long id;

    private @Nullable String name;

    /** For Hibernate. */
    protected Item() {}

    public @Nullable Long getId() {
        return id;
    }

    public @Nullable String getName() {
        return name;
    }
}
