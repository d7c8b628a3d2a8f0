package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;

/** The server's side of one HTTP/2 stream. On one loop. */
interface StreamReceiver {
    /** A piece of the body; the bytes are only lent. */
    void data(ByteBuf data);

    /** The request has come whole. */
    void requestOver();

    /** The stream is over: both sides have ended it, or one has broken it off, or the connection is lost. */
    void streamOver();

    /** There is room again for what is to be written. */
    void writable();

    /** Called about every second. */
    void sweep(long now);

    /** Payload bytes held for a request that has not come whole. */
    long uploading();
}
