package dev.penstock.bench;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One byte there and back over the loopback interface: what the stamp adds to a read and a write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class StampBenchmark {
    private final byte[] one = new byte[1];
    private Echo echo;
    private Socket plain;
    private Socket stamped;

    /** Sends back what comes. */
    private record Echo(ServerSocket listener) {
        void start() {
            Thread acceptor = new Thread(this::accept, "echo");
            acceptor.setDaemon(true);
            acceptor.start();
        }

        private void accept() {
            while (true) {
                try {
                    Socket client = listener.accept();
                    client.setTcpNoDelay(true);
                    Thread thread = new Thread(() -> serve(client), "echo-client");
                    thread.setDaemon(true);
                    thread.start();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static void serve(Socket client) {
            try (client) {
                byte[] bytes = new byte[64];
                InputStream in = client.getInputStream();
                for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
                    client.getOutputStream().write(bytes, 0, length);
                }
            } catch (IOException clientLeft) {
                // that is the end of it
            }
        }
    }

    @Setup(Level.Trial)
    public void connect() throws IOException {
        echo = new Echo(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        echo.start();
        plain = connected(new Socket());
        stamped = connected(new StampedSocket(Ticker.system(), null));
    }

    private Socket connected(Socket socket) throws IOException {
        socket.connect(echo.listener().getLocalSocketAddress());
        socket.setTcpNoDelay(true);
        return socket;
    }

    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        plain.close();
        stamped.close();
        echo.listener().close();
    }

    /** The JDK's own. */
    @Benchmark
    public int plainSocket() throws IOException {
        return roundTrip(plain);
    }

    /** Penstock's, after the session is open. */
    @Benchmark
    public int stampedSocket() throws IOException {
        return roundTrip(stamped);
    }

    private int roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write(one, 0, 1);
        return socket.getInputStream().read(one, 0, 1);
    }
}
