package dev.penstock.budget;

/**
 * Connections that are kept free for what is not a service.
 *
 * @param migrations for schema migrations, which log in as the application, to its database
 * @param monitoring for exporters and health checks, with roles of their own, to the same database
 * @param people for those who are called at night, with roles of their own, to the same database
 */
public record Headroom(int migrations, int monitoring, int people) {
    /** Nothing is kept free. */
    public static final Headroom NONE = new Headroom(0, 0, 0);

    /** Each from 0 to 10^6. */
    public Headroom {
        Bounds.between("migrations", 0, Bounds.MOST, migrations);
        Bounds.between("monitoring", 0, Bounds.MOST, monitoring);
        Bounds.between("people", 0, Bounds.MOST, people);
    }
}
