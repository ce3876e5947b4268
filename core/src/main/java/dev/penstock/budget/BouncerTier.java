package dev.penstock.budget;

import java.util.Objects;

/**
 * PgBouncers in front of the server (its manual, pgbouncer.ini(5)). What they may open to the server and what clients
 * may open to them are two sums.
 *
 * @param name of the tier
 * @param instances processes; with {@code so_reuseport} several on one host
 * @param rollout how many more while they are renewed
 * @param databases entries of the section {@code [databases]} that are in use
 * @param usersPerDatabase users that log in to each of them; with {@code user=} in the entry 1
 * @param defaultPoolSize {@code default_pool_size}, per user and database
 * @param reservePoolSize {@code reserve_pool_size}, per user and database, on top of the former
 * @param maxDbConnections {@code max_db_connections}, per database and instance; 0 for none, as in PgBouncer
 * @param maxClientConn {@code max_client_conn}, per instance
 */
public record BouncerTier(
        String name,
        int instances,
        Rollout rollout,
        int databases,
        int usersPerDatabase,
        int defaultPoolSize,
        int reservePoolSize,
        int maxDbConnections,
        int maxClientConn) {
    /** Each from 1 to 10^6, the reserve and {@code maxDbConnections} from 0; so is what one instance may open. */
    public BouncerTier {
        Bounds.name("name", name);
        Bounds.between("instances", 1, Bounds.MOST, instances);
        Objects.requireNonNull(rollout, "rollout");
        Bounds.between("databases", 1, Bounds.MOST, databases);
        Bounds.between("usersPerDatabase", 1, Bounds.MOST, usersPerDatabase);
        Bounds.between("defaultPoolSize", 1, Bounds.MOST, defaultPoolSize);
        Bounds.between("reservePoolSize", 0, Bounds.MOST, reservePoolSize);
        Bounds.between("maxDbConnections", 0, Bounds.MOST, maxDbConnections);
        Bounds.between("maxClientConn", 1, Bounds.MOST, maxClientConn);
        Bounds.connectionsOfOne(
                "databases x usersPerDatabase x (defaultPoolSize + reservePoolSize)",
                databases * perDatabase(usersPerDatabase, defaultPoolSize, reservePoolSize, maxDbConnections));
    }

    /** With PgBouncer's defaults: pools of 20 without reserve, 100 clients; one instance, one user, one database. */
    public static BouncerTier of(String name) {
        return new BouncerTier(name, 1, Rollout.IN_PLACE, 1, 1, 20, 0, 0, 100);
    }

    /** The same with so many instances, renewed in that way. */
    public BouncerTier withInstances(int count, Rollout renewed) {
        return new BouncerTier(
                name,
                count,
                renewed,
                databases,
                usersPerDatabase,
                defaultPoolSize,
                reservePoolSize,
                maxDbConnections,
                maxClientConn);
    }

    /** The same with so many pools: one per user and database. */
    public BouncerTier withPools(int ofDatabases, int timesUsers) {
        return new BouncerTier(
                name,
                instances,
                rollout,
                ofDatabases,
                timesUsers,
                defaultPoolSize,
                reservePoolSize,
                maxDbConnections,
                maxClientConn);
    }

    /** The same with pools of that size; {@code mostPerDatabase} 0 for no limit. */
    public BouncerTier withPoolSize(int size, int reserve, int mostPerDatabase) {
        return new BouncerTier(
                name, instances, rollout, databases, usersPerDatabase, size, reserve, mostPerDatabase, maxClientConn);
    }

    /** The same with room for so many clients in each instance. */
    public BouncerTier withMaxClientConn(int clients) {
        return new BouncerTier(
                name,
                instances,
                rollout,
                databases,
                usersPerDatabase,
                defaultPoolSize,
                reservePoolSize,
                maxDbConnections,
                clients);
    }

    /** How many connections to the server one instance opens at most. */
    public int serverConnections() {
        // the compact constructor has seen to it that this is no more than 10^6
        return (int) (databases * perDatabase(usersPerDatabase, defaultPoolSize, reservePoolSize, maxDbConnections));
    }

    /** How many clients all instances take. */
    public long clients() {
        return (long) instances * maxClientConn;
    }

    private static long perDatabase(int users, int size, int reserve, int most) {
        long pools = users * ((long) size + reserve);
        return most == 0 ? pools : Math.min(most, pools);
    }

    /** How the connections of one instance come about. */
    String formula() {
        String pools = usersPerDatabase + " x (" + defaultPoolSize + " + " + reservePoolSize + ")";
        String perDatabase = maxDbConnections == 0 ? pools : "min(" + pools + ", " + maxDbConnections + ")";
        return databases == 1 ? perDatabase : databases + " databases x " + perDatabase;
    }
}
