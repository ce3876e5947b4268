package dev.penstock.hikari;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What came of each call on a connection and on what it hands out: the result, or the exception with its message,
 * state and causes. Two of them can be compared line by line. Not thread-safe.
 */
final class Transcript {
    /** Identity hashes: hexadecimal in most classes, decimal in HikariCP's. */
    private static final Pattern HASH = Pattern.compile("@[0-9a-f]+");

    private final List<String> lines = new ArrayList<>();
    private final Set<Method> connectionMethods = new HashSet<>();

    /** The same connection; each call on it becomes a line. */
    Connection of(Connection connection) {
        return record(Connection.class, connection);
    }

    private <T> T record(Class<T> type, T recorded) {
        return type.cast(Proxy.newProxyInstance(
                Transcript.class.getClassLoader(), new Class<?>[] {type}, new Recorder(type, recorded)));
    }

    /** What is behind something that {@link #of} returned; anything else as it is. */
    static Object recorded(Object maybe) {
        return maybe != null
                        && Proxy.isProxyClass(maybe.getClass())
                        && Proxy.getInvocationHandler(maybe) instanceof Recorder recorder
                ? recorder.recorded
                : maybe;
    }

    /** A line of the script's own. */
    void note(String what, Object value) {
        lines.add(what + " -> " + describe(value));
    }

    /** A call that is on no recorded connection. */
    void failed(String what, Throwable thrown) {
        lines.add(what + " -> " + describe(thrown));
    }

    List<String> lines() {
        return lines;
    }

    /** Methods of {@link Connection} that were called so far. */
    Set<Method> connectionMethods() {
        return connectionMethods;
    }

    /** Lines in which two transcripts differ, each with both versions. */
    static List<String> differences(Transcript bare, Transcript leased) {
        return IntStream.range(0, Math.max(bare.lines.size(), leased.lines.size()))
                .filter(i -> !bare.line(i).equals(leased.line(i)))
                .mapToObj(i -> "line " + i + System.lineSeparator() + "  bare:   " + bare.line(i)
                        + System.lineSeparator() + "  leased: " + leased.line(i))
                .toList();
    }

    private String line(int i) {
        return i < lines.size() ? lines.get(i) : "(nothing)";
    }

    private final class Recorder implements InvocationHandler {
        private final Class<?> type;
        private final Object recorded;

        Recorder(Class<?> type, Object recorded) {
            this.type = type;
            this.recorded = recorded;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
            Object[] arguments = given == null
                    ? new Object[0]
                    : Stream.of(given).map(Transcript::recorded).toArray();
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(recorded, arguments);
            }
            if (type == Connection.class) {
                connectionMethods.add(method);
            }
            String call = type.getSimpleName() + "." + method.getName() + describeAll(arguments);
            try {
                Object result = method.invoke(recorded, arguments);
                lines.add(call + " -> " + (method.getName().equals("unwrap") ? typeOf(result) : describe(result)));
                return recordable(method.getReturnType(), result) ? recordAs(method.getReturnType(), result) : result;
            } catch (InvocationTargetException e) {
                lines.add(call + " -> " + describe(e.getCause()));
                throw e.getCause();
            }
        }

        private boolean recordable(Class<?> returned, Object result) {
            return result != null
                    && returned.isInterface()
                    && returned.getPackageName().equals("java.sql")
                    && !(result instanceof Connection);
        }

        private <T> Object recordAs(Class<T> returned, Object result) {
            return record(returned, returned.cast(result));
        }
    }

    private static String describeAll(Object[] values) {
        return Stream.of(values).map(Transcript::describe).collect(joining(", ", "(", ")"));
    }

    private static String describe(Object value) {
        if (value instanceof Throwable thrown) {
            return describe(thrown);
        } else if (value instanceof Class<?> type) {
            return type.getName();
        } else if (value instanceof Map<?, ?> map) {
            return String.valueOf(new TreeMap<>(map));
        } else if (value instanceof Connection) {
            return "a connection"; // which, the script asks where it matters
        } else if (value instanceof Enum || value == null || isPlain(value)) {
            return withoutHashes(String.valueOf(value));
        } else if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> describe(Array.get(value, i)))
                    .collect(joining(", ", "[", "]"));
        }
        return "a " + typeOf(value);
    }

    private static String typeOf(Object value) {
        Class<?> type = value.getClass();
        return type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type) ? "proxy" : type.getName();
    }

    private static boolean isPlain(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }

    private static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            text.append(text.isEmpty() ? "" : ", caused by ").append(describeAlone(at));
            if (at instanceof SQLException sql) {
                text.append(" [").append(sql.getSQLState()).append(", ").append(sql.getErrorCode());
                text.append(sql.getNextException() == null ? "]" : ", then " + describe(sql.getNextException()) + "]");
            }
        }
        Arrays.stream(thrown.getSuppressed())
                .forEach(also -> text.append(", and ").append(describe(also)));
        return text.toString();
    }

    private static String describeAlone(Throwable thrown) {
        if (thrown instanceof IOException) {
            return "an I/O error"; // reset or end of stream: a matter of microseconds
        }
        String type = thrown.getClass().getName();
        // the message of the former names variables
        return thrown instanceof NullPointerException
                ? type
                : type + ": " + withoutHashes(String.valueOf(thrown.getMessage()));
    }

    private static String withoutHashes(String text) {
        return HASH.matcher(text).replaceAll("@hash");
    }
}
