package dev.penstock.lab.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that get through: before they are written, so that nobody who has received a byte finds it missing
 * from the count.
 */
final class CountingOutput extends OutputStream {
    private final OutputStream out;
    private final AtomicLong count;

    CountingOutput(OutputStream out, AtomicLong count) {
        this.out = out;
        this.count = count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count.addAndGet(length);
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            count.addAndGet(-length);
            throw e;
        }
    }
}
