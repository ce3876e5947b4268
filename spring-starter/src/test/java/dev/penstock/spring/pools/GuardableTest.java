package dev.penstock.spring.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** What something can be put above, and what not. */
class GuardableTest {
    private static String whyNot(DataSource dataSource) {
        return String.valueOf(Guardable.whyNot(dataSource, false));
    }

    private static BasicDataSource dbcp2(String url) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        return pool;
    }

    @Test
    void aPoolOverPgjdbcCan() {
        assertThat(Guardable.whyNot(dbcp2("jdbc:postgresql://localhost/app"), false))
                .isNull();
        org.apache.tomcat.jdbc.pool.DataSource tomcat = new org.apache.tomcat.jdbc.pool.DataSource();
        tomcat.setUrl("jdbc:postgresql://localhost/app");
        assertThat(Guardable.whyNot(tomcat, false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:test",
                "jdbc:tc:postgresql:17:///app",
                "jdbc:p6spy:postgresql://localhost/app",
                "jdbc:otel:postgresql://localhost/app",
                "jdbc:aws-wrapper:postgresql://localhost/app"
            })
    void aPoolOverSomethingElseCannot(String url) {
        assertThat(whyNot(dbcp2(url)))
                .contains("its URL is not one of pgjdbc's")
                .doesNotContain("localhost");
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl(url);
        assertThat(whyNot(hikari)).contains("its URL is not one of pgjdbc's");
    }

    @Test
    void nothingIsSaidOfAUrlThatHoldsASecret() {
        assertThat(whyNot(dbcp2("jdbc:mysql://app:hunter2@localhost/app?password=hunter2")))
                .doesNotContain("hunter2");
    }

    @Test
    void whatStandsBeforeOtherDataSourcesIsLeftToThose() {
        DataSource pool = dbcp2("jdbc:postgresql://localhost/app");
        assertThat(whyNot(new LazyConnectionDataSourceProxy(pool))).contains("stands before another DataSource");
        assertThat(whyNot(new TransactionAwareDataSourceProxy(pool))).contains("stands before another DataSource");
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "one";
            }
        };
        routing.setTargetDataSources(Map.of("one", pool));
        assertThat(whyNot(routing)).contains("stands before other DataSources");
    }

    @Test
    void whatIsNoPoolIsLeftAlone() {
        assertThat(whyNot(new DriverManagerDataSource("jdbc:postgresql://localhost/app")))
                .contains("it is no pool");
        assertThat(whyNot(new SingleConnectionDataSource())).contains("it is no pool");
        assertThat(whyNot(new PGSimpleDataSource())).contains("no pool");
        assertThat(whyNot(new Embedded())).contains("it is an embedded database");
        assertThat(whyNot(new Unknown()))
                .contains("not one of the pools that Penstock knows")
                .contains("PenstockDataSource.guard");
    }

    @Test
    void nothingIsSaidOfWhatStandsBeforeTheHost() {
        assertThat(whyNot(dbcp2("jdbc:oracle:thin:scott/tiger@//db:1521/app")))
                .contains("jdbc:oracle:thin:")
                .doesNotContain("tiger");
    }

    /** As Kotlin's are unless they are open: called on what stands for the pool it would see empty fields. */
    @Test
    void aClassWithAFinalMethodCannot() {
        BasicDataSource pool = new WithFinalMethod();
        pool.setUrl("jdbc:postgresql://localhost/app");
        assertThat(Guardable.whyNot(pool, true))
                .contains("its method tenant is final (" + WithFinalMethod.class.getName() + ")");
    }

    static class WithFinalMethod extends BasicDataSource {
        private final String tenant = "one";

        public final String tenant() {
            return tenant;
        }
    }

    // ---- recognised by name, from their own stand-ins on the class path of tests -----------------

    @Test
    void aFinalClassCanStandBehindItsInterfacesIfNobodyCountsOnIt() {
        Agroal pool = new Agroal();
        assertThat(Guardable.whyNot(pool, true)).isNull();
        assertThat(whyNot(pool)).contains("its class is final").contains("declare the bean as a DataSource");
    }

    /** Its URL is behind four getters. */
    private static final class Agroal extends Unknown implements io.agroal.api.AgroalDataSource {
        @Override
        public Configuration getConfiguration() {
            return () -> () -> () -> "jdbc:postgresql://localhost/app";
        }
    }

    private static final class Embedded extends Unknown implements EmbeddedDatabase {
        @Override
        public void shutdown() {}
    }

    private static class Unknown implements DataSource {
        @Override
        public Connection getConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
