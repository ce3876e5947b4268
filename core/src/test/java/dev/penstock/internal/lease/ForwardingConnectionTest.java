package dev.penstock.internal.lease;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of the interface reaches the delegate's own, default methods included, on every JDK that runs this. */
class ForwardingConnectionTest {
    private static final String NOTHING_BEHIND = "nothing behind this connection any more";

    private final Delegate delegate = new Delegate();
    private final ForwardingConnection forwarding = new ForwardingConnection() {
        @Override
        Connection delegate() {
            return delegate.connection;
        }
    };

    static Stream<Method> methods() {
        return Arrays.stream(Connection.class.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @Test
    void declaresEveryMethodItself() {
        assertThat(undeclared(Connection.class)).as(missing()).isEmpty();
    }

    /** A JDK later than the one that compiles this may have given the interface more default methods. */
    private static String missing() {
        return "Methods of java.sql.Connection of JDK " + Runtime.version().feature() + " that ForwardingConnection"
                + " inherits: their default would run on the handle, past whatever the driver has of its own, and not"
                + " be refused once the connection has gone back. Declare them, without @Override while"
                + " maven.compiler.release has no such method; if the driver's own cannot be called from there, on top"
                + " of delegate() as the default is.";
    }

    @Test
    void thatCheckSeesADefaultMethodThatWasAddedLater() {
        assertThat(undeclared(LaterConnection.class)).containsExactly("String enquote(String, boolean)");
    }

    /** As a later JDK might have it. */
    private interface LaterConnection extends Connection {
        @SuppressWarnings("unused") // is found by its name
        default String enquote(String text, boolean always) {
            return always ? "'" + text + "'" : text;
        }
    }

    private static List<String> undeclared(Class<?> api) {
        return Arrays.stream(api.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !declares(method))
                .map(ForwardingConnectionTest::signature)
                .toList();
    }

    private static boolean declares(Method method) {
        return Arrays.stream(ForwardingConnection.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static String signature(Method method) {
        return method.getReturnType().getSimpleName() + " " + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(joining(", ", "(", ")"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void callArrivesAsItIsAndTheResultComesBack(Method method) throws Exception {
        for (boolean flag : new boolean[] {true, false}) {
            Object[] arguments = arguments(method, flag);
            Object result = sample(method.getReturnType(), 0, flag);
            delegate.willReturn(result);

            assertSame(method.getReturnType(), method.invoke(forwarding, arguments), result);

            delegate.assertCalledOnce(method, arguments);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void exceptionComesBackUnchanged(Method method) {
        List<Throwable> declared = Arrays.asList(method.getExceptionTypes()).contains(SQLClientInfoException.class)
                ? List.of(new SQLClientInfoException())
                : List.of(new SQLException("made up", "57014"));
        List<Throwable> undeclared = List.of(new IllegalStateException("made up"), new StackOverflowError("made up"));
        for (Throwable thrown :
                Stream.concat(declared.stream(), undeclared.stream()).toList()) {
            Object[] arguments = arguments(method, true);
            delegate.willThrow(thrown);

            assertThatThrownBy(() -> method.invoke(forwarding, arguments))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isSameAs(thrown);

            assertThat(thrown.getSuppressed()).isEmpty();
            delegate.assertCalledOnce(method, arguments);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void isRefusedOnceThereIsNothingBehindIt(Method method) {
        SQLException gone = new SQLException(NOTHING_BEHIND, "08003");
        Connection orphan = orphan(gone);

        assertThatThrownBy(() -> method.invoke(orphan, arguments(method, true)))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .satisfies(refusal -> {
                    assertThat(refusal).isInstanceOf(SQLException.class).hasMessage(NOTHING_BEHIND);
                    assertThat(((SQLException) refusal).getSQLState()).isEqualTo("08003");
                    assertThat(method.getExceptionTypes()).anyMatch(type -> type.isInstance(refusal));
                });
    }

    @Test
    void clientInfoIsRefusedInTheOneExceptionThatItMayThrow() {
        SQLException gone = new SQLException(NOTHING_BEHIND, "08003");
        Connection orphan = orphan(gone);

        for (SetClientInfo call : List.<SetClientInfo>of(
                connection -> connection.setClientInfo("ApplicationName", "orders"),
                connection -> connection.setClientInfo(new Properties()))) {
            assertThatExceptionOfType(SQLClientInfoException.class)
                    .isThrownBy(() -> call.on(orphan))
                    .withMessage(NOTHING_BEHIND)
                    .satisfies(refusal -> {
                        assertThat(refusal.getSQLState()).isEqualTo("08003");
                        assertThat(refusal.getFailedProperties()).isEmpty();
                        assertThat(refusal.getCause()).isSameAs(gone);
                    });
        }
    }

    @FunctionalInterface
    private interface SetClientInfo {
        void on(Connection connection) throws SQLClientInfoException;
    }

    private static Connection orphan(SQLException gone) {
        return new ForwardingConnection() {
            @Override
            Connection delegate() throws SQLException {
                throw gone;
            }
        };
    }

    /** No two of one type are equal, so that two that change places are seen. */
    private static Object[] arguments(Method method, boolean flag) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = sample(types[i], i + 1, flag);
        }
        return arguments;
    }

    private static Object sample(Class<?> type, int position, boolean flag) {
        if (type == void.class) {
            return null;
        } else if (type == boolean.class) {
            return flag;
        } else if (type == int.class) {
            return (flag ? 10 : 20) + position;
        } else if (type == String.class) {
            return "argument " + position;
        } else if (type == Class.class) {
            return Runnable.class;
        } else if (type == Object.class) {
            return new Object();
        } else if (type == Map.class) {
            return new HashMap<>();
        } else if (type == Properties.class) {
            return new Properties();
        } else if (type == Executor.class) {
            return (Executor) Runnable::run;
        } else if (type == SQLWarning.class) {
            return new SQLWarning();
        } else if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), position);
        } else if (type.isInterface()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, with) -> {
                throw new AssertionError(called + " must be left to the caller");
            });
        }
        throw new AssertionError("no sample of " + type + ": add one here");
    }

    private static void assertSame(Class<?> type, Object actual, Object expected) {
        if (type.isPrimitive()) {
            assertThat(actual).isEqualTo(expected); // which box it is in says nothing
        } else {
            assertThat(actual).isSameAs(expected);
        }
    }

    /** Answers every call as it was told to, and keeps it. */
    private static final class Delegate {
        private final List<Method> called = new ArrayList<>();
        private final List<Object[]> with = new ArrayList<>();
        private Object result;
        private Throwable failure;

        private final Connection connection = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    called.add(method);
                    with.add(arguments == null ? new Object[0] : arguments);
                    if (failure != null) {
                        throw failure;
                    }
                    return result;
                });

        void willReturn(Object next) {
            result = next;
            failure = null;
        }

        void willThrow(Throwable next) {
            failure = next;
        }

        void assertCalledOnce(Method expected, Object[] arguments) {
            assertThat(called).map(ForwardingConnectionTest::signature).containsExactly(signature(expected));
            assertThat(called.get(0).getParameterTypes()).containsExactly(expected.getParameterTypes());
            Object[] arrived = with.get(0);
            assertThat(arrived).hasSameSizeAs(arguments);
            for (int i = 0; i < arguments.length; i++) {
                assertSame(expected.getParameterTypes()[i], arrived[i], arguments[i]);
            }
            called.clear();
            with.clear();
        }
    }
}
