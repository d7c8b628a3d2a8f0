package dev.sluice.transport.server;

import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Settings;

/** Sets Netty's codec up: all limits against floods are said here, whatever Netty's defaults are (reliability.md, 3.1). */
final class Http2Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2ServerConnection, Http2Builder> {
    /** As much of a stream may be on its way without being asked for: a whole batch mostly. */
    static final int STREAM_WINDOW = 1 << 20;

    static final int CONNECTION_WINDOW = 8 << 20;

    private static final int STREAMS = 100;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int RESETS = 200;
    private static final int RESETS_SECONDS = 30;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int EMPTY_DATA = 2;
    private static final int CONTROL_FRAMES = 10_000;

    private final Http2Streams streams;
    private final Http2Keepalive keepalive;
    private final Listening listening;

    /** {@code concurrent} streams; 0 for the standard. */
    Http2Builder(Http2Streams streams, Http2Keepalive keepalive, Listening listening, int concurrent) {
        this.streams = streams;
        this.keepalive = keepalive;
        this.listening = listening;
        server(true);
        initialSettings(new Http2Settings()
                .initialWindowSize(STREAM_WINDOW)
                .maxConcurrentStreams(concurrent > 0 ? concurrent : STREAMS)
                .maxHeaderListSize(HEADER_BYTES));
        validateHeaders(true);
        validateRequiredPseudoHeaders(true);
        decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS);
        encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS);
        decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
        decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA);
        encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES);
        // The limits of requests end a connection, not a timer of Netty's.
        gracefulShutdownTimeoutMillis(0);
        frameListener(new Http2FrameAdapter());
    }

    Http2ServerConnection make() {
        return build();
    }

    @Override
    protected Http2ServerConnection build(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings initialSettings) {
        return new Http2ServerConnection(decoder, encoder, initialSettings, streams, keepalive, listening);
    }
}
