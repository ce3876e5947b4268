package dev.penstock.spring.pools;

import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import java.util.function.Function;

/** Makes the data source of a pool: one that observes its borrows, for example. */
@FunctionalInterface
public interface HikariMaker extends Function<PenstockConfig, PenstockHikariDataSource> {}
