package dev.penstock.internal.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bridge to pgjdbc, which makes its socket factory by class name and hands it one string: a ticket
 * names the live object. Issued before the driver is called, withdrawn when it returns, so the map holds
 * the sessions that are being opened and nothing else. Thread-safe.
 */
final class SocketTickets {
    private static final Map<String, SocketSource> SOURCES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private SocketTickets() {}

    static String issue(SocketSource source) {
        String ticket = "penstock-" + NUMBERS.incrementAndGet();
        SOURCES.put(ticket, source);
        return ticket;
    }

    static void withdraw(String ticket) {
        SOURCES.remove(ticket);
    }

    static SocketSource redeem(String ticket) {
        SocketSource source = SOURCES.get(ticket);
        if (source == null) {
            throw new IllegalStateException("socket ticket '" + ticket + "' is not valid: the socket factory "
                    + PenstockSocketFactory.class.getName() + " is for Penstock's own connects");
        }
        return source;
    }

    static int outstanding() {
        return SOURCES.size();
    }
}
