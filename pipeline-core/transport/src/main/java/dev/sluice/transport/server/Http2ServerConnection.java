package dev.sluice.transport.server;

import dev.sluice.api.Origin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.internal.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection on Netty's codec. Bytes of DATA frames are handed to the receivers as they lie in the buffer they were read
 * into. What is written during a read is flushed at its end, what is written later is flushed once for all that happens in one turn
 * of the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class Http2ServerConnection extends Http2ConnectionHandler implements ServerConnection {
    /** Answers that the client does not read; Netty reads on however much waits to be written. */
    private static final long MOST_UNREAD = 1 << 20;

    private static final long ALIVE_PING = 0x616c697665L;

    private final Http2Serving serving;
    private final Http2Floods floods;
    private final Http2Connection.PropertyKey receivers;
    private final long opened;
    private final long oldAge;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Origin origin;
    private @Nullable Http2Pings pings;
    private @Nullable Http2Farewell farewell;
    private boolean reading;
    private boolean flushing;
    private long unfinishedSince = -1;
    private long heard;
    private long quietSince;

    Http2ServerConnection(Http2ConnectionDecoder decoder, Http2Floods encoder, Http2Serving serving) {
        super(decoder, encoder, serving.settings());
        this.serving = serving;
        this.floods = encoder;
        this.opened = serving.now();
        this.heard = opened;
        this.quietSince = opened;
        this.oldAge = serving.keepalive().jittered(new SplittableRandom());
        this.receivers = connection().newKey();
        // The limits of requests end a connection, not a timer of Netty's.
        gracefulShutdownTimeoutMillis(0);
        decoder.frameListener(new Http2Frames(this, encoder));
        encoder.flowController().listener(this::writabilityChanged);
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                streamClosed(stream);
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        ctx = context;
        super.handlerAdded(context);
        Http2Stream whole = connection().connectionStream();
        decoder()
                .flowController()
                .incrementWindowSize(
                        whole,
                        Http2Serving.CONNECTION_WINDOW
                                - decoder().flowController().windowSize(whole));
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        reading = true;
        heard = serving.now();
        ContextInternal loop = loop();
        ContextInternal before = loop.beginDispatch();
        try {
            super.channelRead(context, message);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        reading = false;
        if (actualReadableBytes() == 0) {
            unfinishedSince = -1;
        } else if (unfinishedSince < 0) {
            unfinishedSince = heard;
        }
        super.channelReadComplete(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        listening().remove(this);
        ContextInternal loop = loop();
        ContextInternal before = loop.beginDispatch();
        try {
            // Closes all streams, and so tells their receivers.
            super.channelInactive(context);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
            onError(context, false, cause);
        } else {
            listening().log().debug("Closing the connection of {}: {}", peer(), cause.getMessage());
        }
        context.close();
    }

    @Override
    public void sweep(long now) {
        floods.second();
        int open = connection().numActiveStreams();
        if (open > 0) {
            active().forEach(receiver -> receiver.sweep(now));
        }
        Http2Farewell leaving = farewell;
        if (unfinishedSince >= 0 && now - unfinishedSince >= (open > 0 ? Limits.BODY : Limits.HEADERS)) {
            close();
        } else if (leaving != null) {
            leaving.sweep(now);
        } else if (Limits.passed(oldAge, opened, now)) {
            leave(serving.keepalive().grace());
        } else if (open == 0 && Limits.passed(serving.keepalive().idle(), quietSince, now)) {
            drain();
        } else {
            sweepPings(now);
        }
    }

    @Override
    public void drain() {
        leave(0);
    }

    @Override
    public long uploading() {
        long bytes = 0;
        for (StreamReceiver receiver : active()) {
            bytes += receiver.uploading();
        }
        return bytes;
    }

    @Override
    public void close() {
        context().close();
    }

    String peer() {
        return Peers.address(context().channel());
    }

    /** Where requests without metadata come from: one object for all of them. */
    Origin origin(String transport) {
        Origin known = origin;
        if (known == null) {
            known = new Origin(transport, peer(), Map.of());
            origin = known;
        }
        return known;
    }

    ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    Listening listening() {
        return serving.listening();
    }

    /** The connection is asked to end: what has not come whole soon will not be waited for. */
    boolean leaving(long now) {
        return farewell != null && listening().stopping() && now - farewell.since() >= Limits.STOPPING;
    }

    void writeHeaders(int stream, Http2Headers headers, boolean end) {
        if (pings != null) {
            pings.answered();
        }
        encoder().writeHeaders(context(), stream, headers, 0, end, context().newPromise());
        flushSoon();
    }

    /** Takes the buffer over. */
    void writeData(int stream, ByteBuf data, boolean end) {
        encoder().writeData(context(), stream, data, 0, end, context().newPromise());
        flushSoon();
    }

    boolean writable(int stream) {
        Http2Stream found = connection().stream(stream);
        return found != null && encoder().flowController().isWritable(found);
    }

    void reset(int stream, Http2Error error) {
        if (connection().stream(stream) != null) {
            encoder().writeRstStream(context(), stream, error.code(), context().newPromise());
            flushSoon();
        }
    }

    /** The client has sent all it will send on the stream. */
    boolean remoteOpen(int stream) {
        Http2Stream found = connection().stream(stream);
        return found != null && found.state().remoteSideOpen();
    }

    /** A request that came in before the connection became HTTP/2 (RFC 7540, 3.2). */
    void upgraded(int stream, Http2Headers headers) {
        open(stream, headers, true);
    }

    /** The headers of a request have come. */
    void open(int id, Http2Headers headers, boolean end) {
        if (context().channel().bytesBeforeWritable() > MOST_UNREAD) {
            calm("answers_not_read");
            return;
        }
        Http2Stream stream = connection().stream(id);
        StreamReceiver receiver = serving.streams().open(this, id, headers);
        // The answer may have been given already, and the stream be closed with it.
        if (stream.state() == Http2Stream.State.CLOSED) {
            receiver.streamOver();
            return;
        }
        stream.setProperty(receivers, receiver);
        if (end) {
            receiver.requestOver();
        }
    }

    private void streamClosed(Http2Stream stream) {
        StreamReceiver receiver = stream.removeProperty(receivers);
        if (receiver != null) {
            receiver.streamOver();
        }
        if (connection().numActiveStreams() <= 1) {
            quietSince = heard;
        }
        if (farewell != null) {
            farewell.streamClosed();
        }
    }

    private void writabilityChanged(Http2Stream stream) {
        StreamReceiver receiver = stream.getProperty(receivers);
        if (receiver != null && encoder().flowController().isWritable(stream)) {
            ContextInternal loop = loop();
            ContextInternal before = loop.beginDispatch();
            try {
                receiver.writable();
            } finally {
                loop.endDispatch(before);
            }
        }
    }

    private List<StreamReceiver> active() {
        List<StreamReceiver> active = new ArrayList<>();
        try {
            connection().forEachActiveStream(stream -> {
                StreamReceiver receiver = stream.getProperty(receivers);
                if (receiver != null) {
                    active.add(receiver);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        return active;
    }

    /** {@code grace} in nanoseconds for the streams under way; 0 for no limit. */
    private void leave(long grace) {
        if (farewell == null) {
            if (decoder().prefaceReceived()) {
                farewell = new Http2Farewell(this, serving.now(), grace);
            } else {
                close();
            }
        }
    }

    private void sweepPings(long now) {
        long after = serving.keepalive().pingAfter();
        if (after == 0 || (pings == null && now - heard < after)) {
            return;
        }
        switch (pings().due(now, heard)) {
            case PING -> {
                encoder().writePing(context(), false, ALIVE_PING, context().newPromise());
                flushSoon();
            }
            case CLOSE -> {
                listening().log().debug("Closing the connection of {}: no answer to a keepalive ping", peer());
                close();
            }
            case NOTHING -> {}
        }
    }

    private Http2Pings pings() {
        Http2Pings known = pings;
        if (known == null) {
            known = new Http2Pings(serving.keepalive());
            pings = known;
        }
        return known;
    }

    private ContextInternal loop() {
        return listening().loop();
    }

    /** Who takes what comes on the stream; null where nobody does, or no more. */
    @Nullable
    StreamReceiver receiver(int id) {
        Http2Stream stream = connection().stream(id);
        return stream == null ? null : stream.getProperty(receivers);
    }

    /** A ping came. */
    void pinged() {
        boolean streams = connection().numActiveStreams() > 0;
        if (serving.keepalive().pingAfter() > 0 && pings().came(serving.now(), streams)) {
            calm("too_many_pings");
        }
    }

    /** The answer to a ping came. */
    void ponged(long data) {
        if (farewell != null) {
            farewell.pong(data);
        }
    }

    /** Ends the connection for what the client does too often. */
    void calm(String why) {
        listening().log().debug("Closing the connection of {}: {}", peer(), why);
        goAway(
                context(),
                connection().remote().lastStreamCreated(),
                Http2Error.ENHANCE_YOUR_CALM.code(),
                Unpooled.copiedBuffer(why, StandardCharsets.US_ASCII),
                context().newPromise());
        context().flush();
        close();
    }

    /** At the end of the read under way, or of this turn of the loop. */
    void flushSoon() {
        if (reading || flushing) {
            return;
        }
        flushing = true;
        context().executor().execute(() -> {
            flushing = false;
            flush(context());
        });
    }
}
