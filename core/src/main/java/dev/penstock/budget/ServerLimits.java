package dev.penstock.budget;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL server allows, and what of it others use (PostgreSQL manual, section 20.3.1; {@code CREATE ROLE},
 * {@code CREATE DATABASE}). Limits of role and database hold for everything in a plan together: where its services have
 * several roles or databases, leave them unset, or make a plan for each.
 *
 * @param maxConnections {@code max_connections}
 * @param superuserReserved {@code superuser_reserved_connections}, PostgreSQL's default 3
 * @param reserved {@code reserved_connections}, from PostgreSQL 16 on, default 0
 * @param roleLimit {@code CONNECTION LIMIT} of the role that the services log in as; {@link #NO_LIMIT} if it has none
 * @param databaseLimit {@code CONNECTION LIMIT} of their database; {@link #NO_LIMIT} if it has none
 * @param others connections of whoever else uses the server, in other databases
 * @param headroom what is kept free
 * @param memory what the server's memory allows; null if that is not known, or more than enough
 */
public record ServerLimits(
        int maxConnections,
        int superuserReserved,
        int reserved,
        int roleLimit,
        int databaseLimit,
        int others,
        Headroom headroom,
        @Nullable Memory memory) {
    /** As in {@code pg_roles.rolconnlimit} and {@code pg_database.datconnlimit}. */
    public static final int NO_LIMIT = -1;

    /** What PostgreSQL reserves for superusers unless it is told otherwise. */
    public static final int USUAL_SUPERUSER_RESERVED = 3;

    /** Each from 0 to 10^6, {@code maxConnections} from 1, more than what is reserved of it: as PostgreSQL demands. */
    public ServerLimits {
        Bounds.between("maxConnections", 1, Bounds.MOST, maxConnections);
        Bounds.between("superuserReserved", 0, Bounds.MOST, superuserReserved);
        Bounds.between("reserved", 0, Bounds.MOST, reserved);
        Bounds.between("roleLimit", NO_LIMIT, Bounds.MOST, roleLimit);
        Bounds.between("databaseLimit", NO_LIMIT, Bounds.MOST, databaseLimit);
        Bounds.between("others", 0, Bounds.MOST, others);
        Objects.requireNonNull(headroom, "headroom");
        if (superuserReserved + reserved >= maxConnections) {
            throw new InvalidBudgetException(
                    "superuserReserved + reserved",
                    "must be less than maxConnections (" + maxConnections + ")",
                    superuserReserved + reserved);
        }
    }

    /** A server with PostgreSQL's defaults that nobody else uses, and on which nothing is kept free. */
    public static ServerLimits of(int maxConnections) {
        return new ServerLimits(
                maxConnections, USUAL_SUPERUSER_RESERVED, 0, NO_LIMIT, NO_LIMIT, 0, Headroom.NONE, null);
    }

    /** The same with so many connections reserved, for superusers and for {@code pg_use_reserved_connections}. */
    public ServerLimits withReserved(int forSuperusers, int forOthers) {
        return new ServerLimits(
                maxConnections, forSuperusers, forOthers, roleLimit, databaseLimit, others, headroom, memory);
    }

    /** The same with a limit of the role; {@link #NO_LIMIT} for none. */
    public ServerLimits withRoleLimit(int limit) {
        return new ServerLimits(
                maxConnections, superuserReserved, reserved, limit, databaseLimit, others, headroom, memory);
    }

    /** The same with a limit of the database; {@link #NO_LIMIT} for none. */
    public ServerLimits withDatabaseLimit(int limit) {
        return new ServerLimits(
                maxConnections, superuserReserved, reserved, roleLimit, limit, others, headroom, memory);
    }

    /** The same with so many connections of others. */
    public ServerLimits withOthers(int connections) {
        return new ServerLimits(
                maxConnections, superuserReserved, reserved, roleLimit, databaseLimit, connections, headroom, memory);
    }

    /** The same with that kept free. */
    public ServerLimits withHeadroom(Headroom free) {
        return new ServerLimits(
                maxConnections, superuserReserved, reserved, roleLimit, databaseLimit, others, free, memory);
    }

    /** The same with that memory; null: it does not limit. */
    public ServerLimits withMemory(@Nullable Memory available) {
        return new ServerLimits(
                maxConnections, superuserReserved, reserved, roleLimit, databaseLimit, others, headroom, available);
    }
}
