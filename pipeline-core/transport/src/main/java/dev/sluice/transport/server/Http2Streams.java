package dev.sluice.transport.server;

import io.netty.handler.codec.http2.Http2Headers;

/** What is done with the streams of a connection. */
interface Http2Streams {
    /** The headers of a request have come. The receiver's methods are called after this has returned. */
    StreamReceiver open(Http2ServerConnection connection, int stream, Http2Headers headers);
}
