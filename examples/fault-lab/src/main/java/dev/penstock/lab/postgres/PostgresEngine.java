package dev.penstock.lab.postgres;

/** How a server is run: as processes of this machine, or as a container. One implementation each. */
interface PostgresEngine extends AutoCloseable {

    /** The name used in messages: {@code embedded} or {@code docker}. */
    String name();

    /** The postmaster's process id as this machine sees it. */
    long pid();

    /** Stops the postmaster and every child where they stand (SIGSTOP): the kernel accepts, nobody answers. */
    void freeze();

    /** Lets frozen processes go on (SIGCONT). */
    void thaw();

    /** Ends the postmaster and every child without a word (SIGKILL). */
    void kill();

    /** Starts again on the same port and data, after an orderly stop when the server still runs. */
    void restart();

    /** The last lines that the server logged, for error messages. */
    String logTail();

    /** Ends every process and removes the data. Calling it again does nothing. */
    @Override
    void close();
}
