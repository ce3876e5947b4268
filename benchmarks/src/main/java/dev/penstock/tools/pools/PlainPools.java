package dev.penstock.tools.pools;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.postgresql.ds.PGSimpleDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;
import software.amazon.jdbc.ds.AwsWrapperDataSource;

/** Each pool with address and credentials, and nothing else that it can do without; not yet started. */
public final class PlainPools {
    /** Agroal has no default. */
    private static final int AGROAL_SIZE = 10;

    private PlainPools() {}

    /** For HikariCP, with Penstock or without. */
    public static HikariConfig hikari(Target target) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(target.url());
        config.setUsername(target.user());
        config.setPassword(target.password());
        return config;
    }

    /** HikariCP over the AWS wrapper's data source, as its documentation has it; default plugins. */
    public static HikariConfig awsWrapper(Target target) {
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName(AwsWrapperDataSource.class.getName());
        config.addDataSourceProperty("jdbcUrl", target.url().replaceFirst("^jdbc:", "jdbc:aws-wrapper:"));
        config.addDataSourceProperty("targetDataSourceClassName", PGSimpleDataSource.class.getName());
        config.setUsername(target.user());
        config.setPassword(target.password());
        return config;
    }

    /** Agroal, ten connections at most. */
    public static AgroalConnectionPoolConfigurationSupplier agroal(Target target) {
        return new AgroalConnectionPoolConfigurationSupplier()
                .maxSize(AGROAL_SIZE)
                .connectionFactoryConfiguration(factory -> factory.jdbcUrl(target.url())
                        .principal(new NamePrincipal(target.user()))
                        .credential(new SimplePassword(target.password())));
    }

    /** Commons DBCP2. */
    public static BasicDataSource dbcp2(Target target) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(target.url());
        pool.setUsername(target.user());
        pool.setPassword(target.password());
        return pool;
    }

    /** Tomcat JDBC. */
    public static PoolProperties tomcat(Target target) {
        PoolProperties config = new PoolProperties();
        config.setDriverClassName("org.postgresql.Driver");
        config.setUrl(target.url());
        config.setUsername(target.user());
        config.setPassword(target.password());
        return config;
    }

    /** c3p0. */
    public static ComboPooledDataSource c3p0(Target target) {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(target.url());
        pool.setUser(target.user());
        pool.setPassword(target.password());
        return pool;
    }

    /** Vibur; must still be started. */
    public static ViburDBCPDataSource vibur(Target target) {
        ViburDBCPDataSource pool = new ViburDBCPDataSource();
        pool.setJdbcUrl(target.url());
        pool.setUsername(target.user());
        pool.setPassword(target.password());
        return pool;
    }
}
