package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;

/** Names for pools that have none: connector and pool must have the same one. */
final class PoolNames {
    private PoolNames() {}

    /** The next one of HikariCP's own, {@code HikariPool-N}. */
    static String next() {
        HikariConfig unnamed = new HikariConfig();
        unnamed.setJdbcUrl("jdbc:postgresql:");
        unnamed.validate(); // where HikariCP makes names up
        return unnamed.getPoolName();
    }
}
