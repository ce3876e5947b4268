package dev.penstock.lab.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * What happens to the bytes of one direction on their way through a link. An object serves one direction of one link,
 * so it may count.
 */
interface Course {

    void carry(Link link, byte[] bytes, int length, OutputStream out) throws IOException, InterruptedException;

    /** Straight through. */
    static Course straight() {
        return (link, bytes, length, out) -> out.write(bytes, 0, length);
    }

    /** Every chunk arrives this much later. */
    static Course delayed(Duration delay) {
        return (link, bytes, length, out) -> {
            link.pause(delay);
            out.write(bytes, 0, length);
        };
    }

    /** One byte at a time, each after a wait: a reader with a timeout per read never times out. */
    static Course dribbled(Duration perByte) {
        return (link, bytes, length, out) -> {
            for (int i = 0; i < length; i++) {
                link.pause(perByte);
                out.write(bytes, i, 1);
            }
        };
    }

    /** What comes after the last byte of a limited course. */
    interface End {
        void happen(Link link) throws IOException, InterruptedException;
    }

    /** Passes exactly {@code limit} bytes; {@code end} follows the last of them. */
    static Course limited(int limit, End end) {
        return new Course() {
            private int passed;

            @Override
            public void carry(Link link, byte[] bytes, int length, OutputStream out)
                    throws IOException, InterruptedException {
                int allowed = Math.min(length, limit - passed);
                out.write(bytes, 0, allowed);
                passed += allowed;
                if (passed == limit) {
                    end.happen(link);
                }
            }
        };
    }
}
