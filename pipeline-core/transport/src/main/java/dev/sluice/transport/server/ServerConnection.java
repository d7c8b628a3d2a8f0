package dev.sluice.transport.server;

/** One connection, at whatever stage it is. On one loop. */
interface ServerConnection {
    /** Called about every second: ends what takes too long. {@code now} as the clock's monotonic time. */
    void sweep(long now);

    /** Takes no more requests, and closes when those under way have been answered. */
    void drain();

    /** Payload bytes held for requests that have not come whole: what closing the connection would free. */
    long uploading();

    /** At once, whatever is under way. */
    void close();
}
