package dev.penstock.budget;

import java.util.List;
import java.util.Locale;

/**
 * {@code pgbouncer.ini} of one instance of a tier, in transaction mode; PgBouncer 1.18 and later read it. Lines with a
 * semicolon say why.
 */
public final class BouncerIni {
    private BouncerIni() {}

    /**
     * Where the server is.
     *
     * @param host name or address
     * @param port from 1 to 65535
     */
    public record Target(String host, int port) {
        /** A host without blanks, quotes, or anything else that means something in the file. */
        public Target {
            if (!host.matches("[A-Za-z0-9._:/-]{1,255}")) {
                throw new InvalidBudgetException("host", "must be a host name, an address or a socket directory", host);
            }
            Bounds.between("port", 1, 65_535, port);
        }
    }

    /**
     * The file.
     *
     * @param rationale lines that go before it as comments
     */
    public static String of(BouncerTier tier, Target target, List<String> rationale) {
        StringBuilder why = new StringBuilder();
        rationale.forEach(line -> why.append("; ").append(line).append('\n'));
        return String.format(
                Locale.ROOT,
                """
                ; PgBouncer, tier %s, each of %d instance(s).
                %s
                [databases]
                ; every database of that server under its own name
                * = host=%s port=%d

                [pgbouncer]
                listen_addr = *
                listen_port = 6432
                auth_type = scram-sha-256
                ; each user with its SCRAM secret as in pg_authid, or its password
                auth_file = /etc/pgbouncer/userlist.txt

                pool_mode = transaction
                max_client_conn = %d
                default_pool_size = %d
                reserve_pool_size = %d
                ; seconds that a client waits until the reserve is used
                reserve_pool_timeout = 3
                ; 0: no limit
                max_db_connections = %d
                ; seconds; a client that has waited that long is told so (08P01), before its own patience ends
                query_wait_timeout = 20

                ; what pgjdbc sends when it connects, and PgBouncer would refuse
                ignore_startup_parameters = extra_float_digits
                ; PgBouncer 1.21 and later keep prepared statements apart: take the semicolon away. With an earlier one set
                ; prepareThreshold=0 in the JDBC URL, or 42P05 is what comes of it.
                ; max_prepared_statements = 200
                """,
                tier.name(),
                tier.instances(),
                why,
                target.host(),
                target.port(),
                tier.maxClientConn(),
                tier.defaultPoolSize(),
                tier.reservePoolSize(),
                tier.maxDbConnections());
    }
}
