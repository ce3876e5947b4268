package dev.penstock.hikari;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.Closeable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** What an application may do with a connection, well and badly. */
final class JdbcScripts {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Executor HERE = Runnable::run;

    /** Those that together call every method of a connection as it is meant to be called. */
    static final List<String> ORDINARY =
            List.of("statements", "settings", "savepoints", "values", "unsupported", "lifeCycle");

    static final Map<String, Script> ALL = scripts();

    private JdbcScripts() {}

    private static Map<String, Script> scripts() {
        Map<String, Script> all = new LinkedHashMap<>();
        all.put("statements", JdbcScripts::statements);
        all.put("settings", JdbcScripts::settings);
        all.put("savepoints", JdbcScripts::savepoints);
        all.put("values", JdbcScripts::values);
        all.put("unsupported", JdbcScripts::unsupported);
        all.put("lifeCycle", JdbcScripts::lifeCycle);
        all.put("resetOnReturn", JdbcScripts::resetOnReturn);
        all.put("openTransactionOnReturn", JdbcScripts::openTransactionOnReturn);
        all.put("errors", JdbcScripts::errors);
        all.put("wrongArguments", JdbcScripts::wrongArguments);
        all.put("warnings", JdbcScripts::warnings);
        all.put("clientInfo", JdbcScripts::clientInfo);
        all.put("unwrapping", JdbcScripts::unwrapping);
        all.put("leftOpen", JdbcScripts::leftOpen);
        all.put("tryWithResources", JdbcScripts::tryWithResources);
        all.put("closedTwice", JdbcScripts::closedTwice);
        all.put("closedByAnotherThread", JdbcScripts::closedByAnotherThread);
        all.put("closedUnderneath", JdbcScripts::closedUnderneath);
        all.put("everyMethodAfterClose", JdbcScripts::everyMethodAfterClose);
        all.put("everyMethodAfterAbort", JdbcScripts::everyMethodAfterAbort);
        all.put("everyMethodAfterTermination", JdbcScripts::everyMethodAfterTermination);
        all.put("terminatedInTransaction", JdbcScripts::terminatedInTransaction);
        all.put("eviction", JdbcScripts::eviction);
        all.put("evictionTooLate", JdbcScripts::evictionTooLate);
        all.put("poolClosed", JdbcScripts::poolClosed);
        return all;
    }

    /** One script. What it calls on a connection is recorded; it goes on after whatever fails inside attempt. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage) throws Exception;
    }

    /** Where a script is played. */
    record Stage(HikariDataSource pool, PostgresServer server, Transcript transcript) {
        Connection borrow() throws SQLException {
            return transcript.of(pool.getConnection());
        }

        /** The server ends the session; back once it has. */
        void terminate(Connection connection) throws SQLException {
            int pid = driver(connection).getBackendPID();
            try (Connection other = server.connect()) {
                Pools.ask(other, "select pg_terminate_backend(" + pid + ")");
                Await.until("the backend is gone", LIMIT, () -> isGone(other, pid));
            }
        }

        private static boolean isGone(Connection other, int pid) {
            try {
                return Pools.ask(other, "select count(*) from pg_stat_activity where pid = " + pid)
                        .equals("0");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A call that may fail; the recorded connection notes how. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    static void attempt(Call... calls) {
        for (Call call : calls) {
            try {
                call.run();
            } catch (Exception e) {
                // the transcript has it
            }
        }
    }

    private static PGConnection driver(Connection recorded) throws SQLException {
        return ((Connection) Transcript.recorded(recorded)).unwrap(PGConnection.class);
    }

    /** HikariCP's connection: what is lent, or what is below. */
    static Connection poolsOwn(Connection connection) throws SQLException {
        return connection instanceof ProxyConnection own ? own : connection.unwrap(ProxyConnection.class);
    }

    // ---- ordinary use ---------------------------------------------------------------------------

    private static void statements(Stage stage) throws SQLException {
        int scroll = ResultSet.TYPE_SCROLL_INSENSITIVE;
        int readOnly = ResultSet.CONCUR_READ_ONLY;
        int hold = ResultSet.HOLD_CURSORS_OVER_COMMIT;
        try (Connection connection = stage.borrow()) {
            readAll(connection.createStatement());
            readAll(connection.createStatement(scroll, readOnly));
            readAll(connection.createStatement(scroll, readOnly, hold));
            try (Statement statement = connection.createStatement()) {
                statement.execute("create temp table item (id serial, name text)");
            }
            insert(connection.prepareStatement("insert into item (name) values (?)"));
            insert(connection.prepareStatement("insert into item (name) values (?)", Statement.RETURN_GENERATED_KEYS));
            insert(connection.prepareStatement("insert into item (name) values (?)", new String[] {"id"}));
            readAll(connection.prepareStatement("select 7", scroll, readOnly));
            readAll(connection.prepareStatement("select 7", scroll, readOnly, hold));
            call(connection.prepareCall("{? = call abs(?)}"));
            call(connection.prepareCall("{? = call abs(?)}", scroll, readOnly));
            call(connection.prepareCall("{? = call abs(?)}", scroll, readOnly, hold));
            connection.nativeSQL("{fn now()}");
            batch(connection);
        }
    }

    private static void readAll(Statement statement) throws SQLException {
        try (statement;
                ResultSet rows = statement.executeQuery("select n, 'row ' || n from generate_series(1, 2) n")) {
            while (rows.next()) {
                rows.getInt(1);
                rows.getString(2);
            }
        }
    }

    private static void readAll(PreparedStatement statement) throws SQLException {
        try (statement;
                ResultSet rows = statement.executeQuery()) {
            rows.last();
            rows.getInt(1);
        }
    }

    private static void insert(PreparedStatement statement) throws SQLException {
        try (statement) {
            statement.setString(1, "x");
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                while (keys.next()) {
                    keys.getInt(1);
                }
            }
        }
    }

    private static void call(CallableStatement statement) throws SQLException {
        try (statement) {
            statement.registerOutParameter(1, java.sql.Types.INTEGER);
            statement.setInt(2, -7);
            statement.execute();
            statement.getInt(1);
        }
    }

    private static void batch(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into item (name) values (?)")) {
            for (String name : List.of("a", "b", "c")) {
                statement.setString(1, name);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void settings(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            readSettings(connection);
            changeSettings(connection);
            readSettings(connection);
            DatabaseMetaData meta = connection.getMetaData();
            meta.getDatabaseProductName();
            meta.getUserName();
            connection.beginRequest();
            connection.endRequest();
        }
    }

    private static void readSettings(Connection connection) throws SQLException {
        connection.getAutoCommit();
        connection.isReadOnly();
        connection.getTransactionIsolation();
        connection.getSchema();
        connection.getCatalog();
        connection.getNetworkTimeout();
        connection.getHoldability();
        connection.getTypeMap();
        connection.getClientInfo("ApplicationName");
    }

    private static void changeSettings(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setSchema("pg_catalog");
        connection.setCatalog("another");
        connection.setNetworkTimeout(HERE, 9_000);
        connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        connection.setTypeMap(Map.of());
        connection.setClientInfo("ApplicationName", "orders");
        connection.setAutoCommit(false);
    }

    private static void savepoints(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            attempt(connection::setSavepoint, connection::commit, connection::rollback);
            connection.setAutoCommit(false);
            execute(connection, "create temp table item (id int)");
            Savepoint unnamed = connection.setSavepoint();
            unnamed.getSavepointId();
            attempt(unnamed::getSavepointName);
            execute(connection, "insert into item values (1)");
            Savepoint named = connection.setSavepoint("named");
            named.getSavepointName();
            attempt(() -> execute(connection, "insert into nowhere values (1)"));
            attempt(() -> execute(connection, "select 1"));
            connection.rollback(named);
            count(connection);
            connection.releaseSavepoint(named);
            attempt(() -> connection.rollback(named));
            connection.rollback(unnamed);
            count(connection);
            connection.commit();
            execute(connection, "insert into item values (2)");
            connection.rollback();
            count(connection);
            connection.rollback();
            attempt(() -> connection.setSavepoint(null));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void count(Connection connection) throws SQLException {
        Pools.ask(connection, "select count(*) from item");
    }

    private static void values(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            var array = connection.createArrayOf("text", new Object[] {"a", null, "b c"});
            array.getBaseTypeName();
            array.getArray();
            array.free();
            SQLXML xml = connection.createSQLXML();
            xml.setString("<a/>");
            xml.getString();
            xml.free();
        }
    }

    /** HikariCP drops a connection whose driver said 0A000: the second call says that it is closed. */
    private static void unsupported(Stage stage) throws SQLException {
        List<OnConnection> calls = List.of(
                connection -> connection.prepareStatement("select 1", new int[] {1}),
                Connection::createBlob,
                Connection::createClob,
                Connection::createNClob,
                connection -> connection.createStruct("item", new Object[] {1}),
                connection -> connection.createArrayOf("nothing_like_it", new Object[] {1}),
                connection -> connection.setShardingKey(null),
                connection -> connection.setShardingKey(null, null),
                connection -> connection.setShardingKeyIfValid(null, 1),
                connection -> connection.setShardingKeyIfValid(null, null, 1));
        for (OnConnection call : calls) {
            Connection connection = stage.borrow();
            attempt(() -> call.run(connection), () -> Pools.ask(connection, "select 1"), connection::close);
        }
    }

    @FunctionalInterface
    private interface OnConnection {
        void run(Connection connection) throws SQLException;
    }

    private static void lifeCycle(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        connection.isClosed();
        connection.isValid(5);
        connection.getWarnings();
        connection.clearWarnings();
        connection.setClientInfo(new Properties());
        connection.getClientInfo();
        connection.isWrapperFor(PGConnection.class);
        connection.unwrap(PGConnection.class);
        connection.close();
        connection.isClosed();
        Connection aborted = stage.borrow();
        aborted.abort(HERE);
        aborted.isClosed();
        attempt(aborted::close, aborted::close);
    }

    // ---- what a return undoes -------------------------------------------------------------------

    private static void resetOnReturn(Stage stage) throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (Connection connection = stage.borrow()) {
                readSettings(connection);
                connection.getWarnings();
                changeSettings(connection);
                attempt(() -> connection.setClientInfo("unheard of", "x"));
                connection.rollback();
            }
        }
        try (Connection connection = stage.borrow()) {
            readSettings(connection);
            connection.getWarnings();
        }
    }

    private static void openTransactionOnReturn(Stage stage) throws SQLException {
        stage.server().execute("drop table if exists behaviour", "create table behaviour (id int)");
        try (Connection connection = stage.borrow()) {
            connection.setAutoCommit(false);
            execute(connection, "insert into behaviour values (1)");
        }
        try (Connection connection = stage.borrow()) {
            connection.getAutoCommit();
            Pools.ask(connection, "select count(*) from behaviour");
            connection.setAutoCommit(false);
            attempt(() -> execute(connection, "this is no SQL"));
        }
        try (Connection connection = stage.borrow()) {
            connection.getAutoCommit();
            Pools.ask(connection, "select 1");
        }
    }

    // ---- failures of an open connection ---------------------------------------------------------

    private static void errors(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            attempt(
                    () -> execute(connection, "this is no SQL"),
                    () -> execute(connection, "select * from nowhere"),
                    () -> execute(connection, "select 1 / 0"),
                    () -> execute(connection, "do $$ begin raise exception 'own' using errcode = 'P0123'; end $$"),
                    () -> execute(connection, "set statement_timeout = '10ms'; select pg_sleep(30)"),
                    () -> execute(connection, "reset statement_timeout"),
                    () -> Pools.ask(connection, "select 1"));
            connection.isClosed();
            connection.setAutoCommit(false);
            attempt(
                    () -> execute(connection, "this is no SQL"),
                    () -> execute(connection, "select 1"),
                    () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                    () -> connection.setReadOnly(true),
                    connection::commit,
                    () -> Pools.ask(connection, "select 1"));
            connection.rollback();
        }
    }

    private static void wrongArguments(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            attempt(
                    () -> connection.createStatement(-1, -1),
                    () -> connection.createStatement(-1, -1, -1),
                    () -> connection.prepareStatement(null),
                    () -> connection.prepareStatement("select 1", -1),
                    () -> connection.prepareStatement("select 1", (String[]) null),
                    () -> connection.prepareStatement("select 1", (int[]) null),
                    () -> connection.prepareCall(null),
                    () -> connection.nativeSQL(null),
                    () -> connection.setTransactionIsolation(77),
                    () -> connection.setHoldability(77),
                    () -> connection.setNetworkTimeout(HERE, -1),
                    () -> connection.isValid(-1),
                    () -> connection.setSchema(null),
                    () -> connection.setCatalog(null),
                    () -> connection.setTypeMap(null),
                    () -> connection.abort(null),
                    () -> connection.rollback(null),
                    () -> connection.releaseSavepoint(null),
                    () -> connection.createArrayOf(null, null),
                    () -> connection.getClientInfo(null),
                    () -> connection.setClientInfo(null, null),
                    () -> connection.setClientInfo(null));
            connection.isClosed();
        }
    }

    private static void warnings(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow();
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin raise warning 'first'; raise warning 'second'; end $$");
            stage.transcript().note("of the statement", statement.getWarnings());
            attempt(() -> connection.setClientInfo("unheard of", "x"));
            stage.transcript().note("of the connection", connection.getWarnings());
            connection.clearWarnings();
            connection.getWarnings();
        }
    }

    private static void clientInfo(Stage stage) throws SQLException {
        try (Connection connection = stage.borrow()) {
            connection.setClientInfo("ApplicationName", "orders");
            Pools.ask(connection, "show application_name");
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "invoices");
            properties.setProperty("unheard of", "x");
            attempt(() -> connection.setClientInfo(properties));
            connection.getClientInfo();
            connection.getClientInfo("unheard of");
            Pools.ask(connection, "show application_name");
            connection.setClientInfo("ApplicationName", "");
        }
    }

    /** A type of HikariCP's that is lent need not be unwrapped: whether it can be reached is what counts. */
    private static void unwrapping(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        reach(stage, connection);
        connection.close();
        reach(stage, connection);
        connection = stage.borrow();
        connection.abort(HERE);
        reach(stage, connection);
        attempt(connection::close);
    }

    private static void reach(Stage stage, Connection connection) {
        for (Class<?> type : Arrays.asList(
                Connection.class, PGConnection.class, BaseConnection.class, Closeable.class, String.class, null)) {
            attempt(() -> connection.isWrapperFor(type), () -> connection.unwrap(type));
        }
        try {
            Connection own = poolsOwn((Connection) Transcript.recorded(connection));
            stage.transcript().note("HikariCP's own", own.getClass());
        } catch (SQLException e) {
            stage.transcript().failed("HikariCP's own", e);
        }
    }

    // ---- the end --------------------------------------------------------------------------------

    private static void leftOpen(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");
        ResultSet rows = statement.executeQuery("select generate_series(1, 10)");
        rows.next();
        connection.close();
        attempt(
                rows::next,
                rows::isClosed,
                statement::isClosed,
                prepared::isClosed,
                () -> statement.executeQuery("select 1"),
                prepared::executeQuery,
                statement::close);
        stage.transcript()
                .note("and its connection is closed", statement.getConnection().isClosed());
    }

    @SuppressWarnings("try") // closed twice, on purpose
    private static void tryWithResources(Stage stage) throws SQLException {
        attempt(() -> {
            try (Connection connection = stage.borrow();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("this is no SQL");
            }
        });
        try (Connection connection = stage.borrow()) {
            connection.getAutoCommit();
            connection.close();
        }
    }

    private static void closedTwice(Stage stage) throws SQLException {
        Connection first = stage.borrow();
        first.close();
        first.close();
        Connection second = stage.borrow();
        first.close();
        second.isClosed();
        Pools.ask(second, "select 'not harmed by the one before'");
        first.isClosed();
        first.abort(HERE);
        Pools.ask(second, "select 'not harmed by the one before'");
        second.close();
    }

    private static void closedByAnotherThread(Stage stage) throws Exception {
        Connection connection = stage.borrow();
        Pools.ask(connection, "select 1");
        inAnotherThread(() -> {
            connection.close();
            return null;
        });
        connection.isClosed();
        attempt(connection::createStatement);
        connection.close();
        Connection next = inAnotherThread(stage::borrow);
        Pools.ask(next, "select 1");
        next.close();
    }

    private static <T> T inAnotherThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "another thread of the script");
        thread.start();
        thread.join();
        return task.get();
    }

    /** By whoever got at the driver's connection. */
    private static void closedUnderneath(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        ((Connection) driver(connection)).close();
        connection.isClosed();
        attempt(connection::createStatement, connection::getSchema, () -> Pools.ask(connection, "select 1"));
        connection.isClosed();
        attempt(connection::close, connection::close);
    }

    private static void everyMethodAfterClose(Stage stage) throws Exception {
        Connection connection = stage.borrow();
        connection.close();
        callEveryMethod(connection);
    }

    private static void everyMethodAfterAbort(Stage stage) throws Exception {
        Connection connection = stage.borrow();
        connection.abort(HERE);
        callEveryMethod(connection);
        attempt(connection::close);
        callEveryMethod(connection);
    }

    /** Each on a session of its own: the first that talks to the server changes what the others meet. */
    private static void everyMethodAfterTermination(Stage stage) throws Exception {
        for (Method method : methods()) {
            Connection connection = stage.borrow();
            stage.terminate(connection);
            call(connection, method);
            connection.isClosed();
            attempt(() -> execute(connection, "select 1"));
            connection.isClosed();
            attempt(connection::close);
        }
    }

    private static void terminatedInTransaction(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.execute("select 1");
        stage.terminate(connection);
        attempt(
                () -> statement.execute("select 1"),
                statement::isClosed,
                connection::isClosed,
                connection::commit,
                connection::rollback,
                () -> connection.isValid(1),
                statement::close,
                connection::close,
                connection::isClosed);
    }

    private static void eviction(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        String before = pid(connection);
        Connection physical = (Connection) driver(connection);
        stage.pool().evictConnection((Connection) Transcript.recorded(connection));
        Await.until("another thread has closed it", LIMIT, () -> isClosed(physical));
        attempt(connection::isClosed, () -> execute(connection, "select 1"), connection::close, connection::close);
        try (Connection next = stage.borrow()) {
            stage.transcript().note("is another", !pid(next).equals(before));
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By then somebody else may have the session. */
    private static void evictionTooLate(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        String before = pid(connection);
        connection.close();
        try (Connection next = stage.borrow()) {
            stage.pool().evictConnection((Connection) Transcript.recorded(connection));
            attempt(next::isClosed, () -> execute(next, "select 1"));
        }
        try (Connection next = stage.borrow()) {
            stage.transcript().note("is another", !pid(next).equals(before));
        }
    }

    private static String pid(Connection connection) throws SQLException {
        return String.valueOf(driver(connection).getBackendPID());
    }

    /** HikariCP aborts what is on loan. */
    private static void poolClosed(Stage stage) throws SQLException {
        Connection connection = stage.borrow();
        execute(connection, "select 1");
        stage.pool().close();
        attempt(connection::isClosed, () -> execute(connection, "select 1"), connection::close, connection::isClosed);
        attempt(() -> connection.unwrap(PGConnection.class));
    }

    // ---- every method ---------------------------------------------------------------------------

    private static void callEveryMethod(Connection connection) throws Exception {
        for (Method method : methods()) {
            call(connection, method);
        }
    }

    /** In an order that does not depend on the JVM. */
    private static List<Method> methods() {
        return Stream.of(Connection.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName)
                        .thenComparing(method -> Arrays.toString(method.getParameterTypes())))
                .toList();
    }

    private static void call(Connection connection, Method method) throws IllegalAccessException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(JdbcScripts::sample)
                .toArray();
        try {
            method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            // the transcript has it
        }
    }

    private static Object sample(Class<?> type) {
        if (type == int.class) {
            return 1;
        } else if (type == boolean.class) {
            return true;
        } else if (type == String.class) {
            return "text";
        } else if (type == Class.class) {
            return PGConnection.class;
        } else if (type == Executor.class) {
            return HERE;
        } else if (type == Properties.class) {
            return new Properties();
        } else if (type == Map.class) {
            return Map.of();
        } else if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        return null; // savepoints, sharding keys
    }
}
