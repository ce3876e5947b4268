package dev.penstock;

import java.sql.SQLTransientConnectionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pool is empty and no connection can be made, or it is suspended; the caller was not let in. SQLState
 * 08001. The cause is the latest connect failure, if there was one, with every address that was tried.
 *
 * <p>One that is thrown at once carries no stack trace: it is thrown in great numbers while a server is away,
 * and says nothing about the code that asked.
 */
public final class PoolUnavailableException extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Supplier<String> text;
    private @Nullable String made;

    private PoolUnavailableException(Supplier<String> text, @Nullable Throwable cause) {
        super(null, "08001", cause);
        this.text = text;
    }

    /** Made by Penstock; the text is made when it is read. */
    public static PoolUnavailableException withoutStack(Supplier<String> text, @Nullable Throwable cause) {
        return new PoolUnavailableException(text, cause);
    }

    /** As {@link #withoutStack}, with the stack of the calling thread. */
    public static PoolUnavailableException withStack(Supplier<String> text, @Nullable Throwable cause) {
        PoolUnavailableException exception = new PoolUnavailableException(text, cause);
        exception.setStackTrace(Thread.currentThread().getStackTrace());
        return exception;
    }

    /** Which pool, since when, what was tried last, when the next attempt is due, and the pool's numbers. */
    @Override
    public synchronized String getMessage() {
        if (made == null) {
            made = text == null ? "the pool was not available" : text.get();
        }
        return made;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The text is all that another machine can use. */
    private Object writeReplace() {
        String unused = getMessage();
        return this;
    }
}
