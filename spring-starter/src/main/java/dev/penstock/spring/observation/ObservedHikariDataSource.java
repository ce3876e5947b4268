package dev.penstock.spring.observation;

import dev.penstock.BorrowTerms;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Each borrow is an Observation, those on terms of somebody's own too. */
final class ObservedHikariDataSource extends PenstockHikariDataSource {
    private final Borrows borrows;

    ObservedHikariDataSource(PenstockConfig penstock, Borrows borrows) {
        super(penstock);
        this.borrows = borrows;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return borrows.observe(name(), super::getConnection);
    }

    @Override
    protected Connection getConnection(BorrowTerms terms) throws SQLException {
        return borrows.observe(name(), () -> super.getConnection(terms));
    }

    /** A pool that has none gets one when it starts, which this may be. */
    private String name() {
        String name = getPoolName();
        return name == null ? control().name() : name;
    }
}
