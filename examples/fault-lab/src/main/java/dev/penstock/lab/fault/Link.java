package dev.penstock.lab.fault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: the client's socket, and the server's once it was dialled.
 *
 * <p>Its verbs are what behaviours are made of. Every one of them ends when the link ends, with an exception: the
 * serving thread has nothing left to do then.
 */
final class Link {
    private static final int CHUNK = 16 * 1024;
    private static final int DIAL_MILLIS = 5_000;

    private final String name;
    private final Socket client;
    private final @Nullable InetSocketAddress target;
    private final Consumer<Link> onEnd;
    private final Gate gate = new Gate();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong fromServer = new AtomicLong();
    private final AtomicLong fromClient = new AtomicLong();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Silence silence = new Silence(); // the serving thread's alone
    private volatile @Nullable Socket server;

    Link(String name, Socket client, @Nullable InetSocketAddress target, Consumer<Link> onEnd) {
        this.name = name;
        this.client = client;
        this.target = target;
        this.onEnd = onEnd;
    }

    void start(Behaviour behaviour) {
        threads.add(Daemons.start(
                name,
                () -> run(() -> {
                    client.setTcpNoDelay(true);
                    behaviour.serve(this);
                    finish();
                })));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** An error on either side ends both, with a reset: that is what the other side is to see of it. */
    private void run(Work work) {
        try {
            work.run();
        } catch (EOFException clientLeft) {
            finish();
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    InputStream fromClient() throws IOException {
        return client.getInputStream();
    }

    OutputStream toClient() throws IOException {
        return new CountingOutput(client.getOutputStream(), fromServer);
    }

    /** Bytes that the client was sent. */
    long bytesFromServer() {
        return fromServer.get();
    }

    /** Bytes that reached the server. */
    long bytesFromClient() {
        return fromClient.get();
    }

    /** Says nothing for a while and keeps what the client sends. */
    void hold(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        silence.keepUntil(end, client);
        pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /** Says nothing ever, until the client leaves. */
    void holdForEver() throws IOException, InterruptedException {
        hold(Duration.ofDays(1));
    }

    /** Reads all that comes and answers nothing, until the client leaves. */
    void discard() throws IOException {
        long ignored = fromClient().transferTo(OutputStream.nullOutputStream());
    }

    /** Dials the server and carries bytes both ways until either side leaves. */
    void proxy(Course toServer, Course toClient) throws IOException, InterruptedException {
        Socket dialled = dial();
        OutputStream out = new CountingOutput(dialled.getOutputStream(), fromClient);
        threads.add(Daemons.start(
                name + "-answers",
                () -> run(() -> {
                    pump(dialled.getInputStream(), toClient(), toClient);
                    client.shutdownOutput();
                })));
        byte[] kept = silence.kept();
        if (kept.length > 0) {
            toServer.carry(this, kept, kept.length, out);
        }
        pump(fromClient(), out, toServer);
    }

    private Socket dial() throws IOException {
        if (target == null) {
            throw new IOException("There is no server behind this proxy");
        }
        Socket socket = new Socket();
        server = socket;
        if (ended.getCount() == 0) {
            socket.close();
        }
        socket.setTcpNoDelay(true);
        socket.connect(target, DIAL_MILLIS);
        return socket;
    }

    private void pump(InputStream in, OutputStream out, Course course) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            gate.pass();
            course.carry(this, chunk, length, out);
        }
    }

    /** Waits, unless the link ends first. */
    void pause(Duration time) throws IOException, InterruptedException {
        if (ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SocketException("the link ended");
        }
    }

    /** Carries nothing more in this direction, while both sides stay connected. */
    void stallForEver() throws IOException, InterruptedException {
        pause(Duration.ofDays(1));
    }

    /** Sends the client a FIN and keeps listening to it. */
    void shutdownOutput() throws IOException {
        client.shutdownOutput();
    }

    /** Carries nothing in either direction until {@link #resume()}. */
    void stall() {
        gate.shut();
    }

    void resume() {
        gate.open();
    }

    /** Closes both sides in order (FIN). */
    void finish() {
        end(false);
    }

    /** Closes both sides with a reset (RST). */
    void reset() {
        end(true);
    }

    private void end(boolean abruptly) {
        if (ended.getCount() > 0) {
            ended.countDown();
            close(client, abruptly);
            onEnd.accept(this);
        }
        Socket dialled = server;
        if (dialled != null) {
            close(dialled, abruptly);
        }
        gate.open();
    }

    private static void close(Socket socket, boolean abruptly) {
        try {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // Closed already, by the other thread or the other side: then there is nothing left to do.
        }
    }

    List<Thread> threads() {
        return threads;
    }
}
