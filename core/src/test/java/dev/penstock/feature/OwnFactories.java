package dev.penstock.feature;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** What users have as {@code socketFactory}; pgjdbc makes them by name, so what they saw is static. */
final class OwnFactories {
    /** The arguments and properties with which factories were made. */
    static final List<Object> MADE_WITH = new CopyOnWriteArrayList<>();

    static final List<Socket> SOCKETS = new CopyOnWriteArrayList<>();
    static final AtomicInteger CALLS = new AtomicInteger();
    static volatile CountDownLatch gate = new CountDownLatch(0);

    private OwnFactories() {}

    static void reset() {
        MADE_WITH.clear();
        SOCKETS.clear();
        CALLS.set(0);
        gate = new CountDownLatch(0);
    }

    private abstract static class Base extends SocketFactory {
        abstract Socket make() throws IOException;

        @Override
        public Socket createSocket() throws IOException {
            CALLS.incrementAndGet();
            Socket socket = make();
            SOCKETS.add(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket();
        }
    }

    /** Leaves connecting to the driver. */
    public static final class Unconnected extends Base {
        public Unconnected() {}

        @Override
        Socket make() {
            return new Socket();
        }
    }

    /** Connects to the place that the argument names, whatever the URL says: a Unix socket, a cloud proxy. */
    public static final class Fixed extends Base {
        private final String place;

        public Fixed(@Nullable String place) {
            MADE_WITH.add(String.valueOf(place));
            this.place = String.valueOf(place);
        }

        @Override
        Socket make() throws IOException {
            int colon = place.lastIndexOf(':');
            return new Socket(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
        }
    }

    /** The same, told by the connection properties. */
    public static final class ByProperties extends Base {
        private final Properties properties;

        public ByProperties(Properties properties) {
            MADE_WITH.add(properties);
            this.properties = properties;
        }

        @Override
        Socket make() throws IOException {
            return new Socket(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(properties.getProperty("theirs.port", "0")));
        }
    }

    /** Does not come back before the gate opens, and no interrupt helps. */
    public static final class Blocking extends Base {
        private final Fixed behind;

        public Blocking(String place) {
            this.behind = new Fixed(place);
        }

        @Override
        Socket make() throws IOException {
            boolean waiting = true;
            while (waiting) {
                try {
                    gate.await();
                    waiting = false;
                } catch (InterruptedException deaf) {
                    waiting = true;
                }
            }
            return behind.make();
        }
    }

    /** Fails, and not even with an exception that it may throw. */
    public static final class Throwing extends Base {
        public Throwing() {}

        @Override
        Socket make() throws IOException {
            throw new IllegalStateException("the cloud proxy is not configured");
        }
    }

    /** Cannot even be made. */
    public static final class Unborn extends Base {
        public Unborn() {
            throw new IllegalStateException("no licence for the cloud proxy");
        }

        @Override
        Socket make() {
            return new Socket();
        }
    }
}
