package dev.penstock.internal.session;

import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.SocketFactoryFactory;

/**
 * Dials with the user's own {@code socketFactory} (Unix sockets, cloud proxies): its sockets are left as
 * they are, pgjdbc connects them, and they are under the deadline all the same. One factory instance per
 * session, as with the plain driver. Only what the factory does before it returns a socket cannot be cut
 * short; the caller is freed in time even so, and what comes late is closed.
 */
public final class BorrowedDialer implements Dialer {
    private final Properties userProperties;

    /** Not a monitor: whoever waits here for the user's class must not pin a carrier thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable SocketFactory factory; // guarded by lock

    /** The properties with which pgjdbc would make the user's factory. */
    public BorrowedDialer(Properties userProperties) {
        this.userProperties = userProperties;
    }

    @Override
    public Dialled dial(@Nullable HandOver handOver, long limitNanos) throws IOException {
        Socket socket = factory().createSocket();
        if (handOver != null) {
            handOver.admit(socket);
        }
        return new Dialled(socket, null);
    }

    /** Made by the worker that first needs it: the constructor of a user's class may do anything. */
    private SocketFactory factory() throws IOException {
        lock.lock();
        try {
            SocketFactory made = factory;
            if (made == null) {
                made = SocketFactoryFactory.getSocketFactory(userProperties);
                factory = made;
            }
            return made;
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean connects() {
        return false;
    }
}
