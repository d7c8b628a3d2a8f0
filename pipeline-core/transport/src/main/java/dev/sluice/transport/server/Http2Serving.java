package dev.sluice.transport.server;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * What all HTTP/2 connections of one server share, and how Netty's codec is set up for each: its limits are said here or counted in
 * {@link Http2Floods}, whatever Netty's defaults are (reliability.md, 3.1), and its parts are chosen to be small, for most
 * connections are idle most of the time. On one loop.
 *
 * @param settings what the server announces; nobody changes it
 */
record Http2Serving(Http2Streams streams, Http2Keepalive keepalive, Listening listening, Http2Settings settings) {
    /** As much of a stream may be on its way without being asked for: a whole batch mostly. */
    static final int STREAM_WINDOW = 1 << 20;

    static final int CONNECTION_WINDOW = 8 << 20;

    private static final int STREAMS = 100;
    private static final int SMALL_CONTINUATIONS = 16;

    /** {@code concurrent} streams; 0 for the standard. */
    static Http2Serving of(Http2Streams streams, Http2Keepalive keepalive, Listening listening, int concurrent) {
        Http2Settings settings = new Http2Settings()
                .initialWindowSize(STREAM_WINDOW)
                .maxConcurrentStreams(concurrent > 0 ? concurrent : STREAMS)
                .maxHeaderListSize(Http2RequestHeaders.MAX_BYTES);
        return new Http2Serving(streams, keepalive, listening, settings);
    }

    long now() {
        return listening.now();
    }

    /** A connection that is not yet in a pipeline. */
    Http2ServerConnection connection() {
        Http2Connection connection = new DefaultHttp2Connection(true);
        connection.remote().maxActiveStreams(Math.toIntExact(settings.maxConcurrentStreams()));
        // Without the tree of priorities, which RFC 9113, 5.3 has given up.
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
        Http2Floods encoder = new Http2Floods(
                new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(new Http2AnswerHeaders())),
                listening);
        DefaultHttp2ConnectionDecoder decoder = new DefaultHttp2ConnectionDecoder(
                connection,
                encoder,
                new DefaultHttp2FrameReader(new Http2RequestHeaders(), SMALL_CONTINUATIONS),
                Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                true,
                true,
                true,
                true);
        return new Http2ServerConnection(decoder, encoder, this);
    }
}
