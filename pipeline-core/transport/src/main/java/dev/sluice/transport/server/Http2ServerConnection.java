package dev.sluice.transport.server;

import dev.sluice.api.Origin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
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
    /** Frames in a second that carry no request and still cost an answer or a look: more is a flood. */
    private static final int MOST_CONTROL_FRAMES = 1_000;

    /** Answers that the client does not read; Netty reads on however much waits to be written. */
    private static final long MOST_UNREAD = 1 << 20;

    private static final long DRAIN_PING = 0x536c75696365L;
    private static final long ALIVE_PING = 0x616c697665L;

    /** After this time the second GOAWAY goes out even without an answer to the ping. */
    private static final long DRAIN_PATIENCE = 1_000_000_000L;

    private final Http2Streams streams;
    private final Http2Keepalive keepalive;
    private final Listening listening;
    private final ContextInternal loop;
    private final Http2Connection.PropertyKey receivers;
    private final long opened;
    private final long oldAge;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable String peer;
    private @Nullable Origin origin;
    private boolean reading;
    private boolean flushing;
    private boolean unfinished;
    private long unfinishedSince;
    private int controlFrames;
    private long heard;
    private long quietSince;
    private long pingedAt = -1;
    private long lastPing;
    private boolean pinged;
    private int strikes;
    private long drainSince = -1;
    private boolean saidGoodbye;
    private boolean aged;

    Http2ServerConnection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings initialSettings,
            Http2Streams streams,
            Http2Keepalive keepalive,
            Listening listening) {
        super(decoder, encoder, initialSettings);
        this.streams = streams;
        this.keepalive = keepalive;
        this.listening = listening;
        this.loop = listening.loop();
        this.opened = listening.now();
        this.heard = opened;
        this.quietSince = opened;
        this.oldAge = keepalive.jittered(new SplittableRandom());
        this.receivers = connection().newKey();
        decoder.frameListener(new Frames());
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
                        Http2Builder.CONNECTION_WINDOW
                                - decoder().flowController().windowSize(whole));
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        reading = true;
        heard = listening.now();
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
        boolean partial = actualReadableBytes() > 0;
        if (partial && !unfinished) {
            unfinishedSince = heard;
        }
        unfinished = partial;
        super.channelReadComplete(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        listening.remove(this);
        ContextInternal before = loop.beginDispatch();
        try {
            // Closes all streams, and so tells their receivers.
            super.channelInactive(context);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        super.exceptionCaught(context, cause);
        context.close();
    }

    @Override
    public void sweep(long now) {
        controlFrames = 0;
        int open = connection().numActiveStreams();
        if (open > 0) {
            active().forEach(receiver -> receiver.sweep(now));
        }
        if (unfinished && now - unfinishedSince >= (open > 0 ? Limits.BODY : Limits.HEADERS)) {
            close();
        } else if (drainSince >= 0) {
            sweepDraining(now);
        } else if (Limits.passed(oldAge, opened, now)) {
            aged = true;
            drain();
        } else if (open == 0 && Limits.passed(keepalive.idle(), quietSince, now)) {
            drain();
        } else {
            sweepPing(now);
        }
    }

    @Override
    public void drain() {
        if (drainSince >= 0) {
            return;
        }
        drainSince = listening.now();
        if (!decoder().prefaceReceived()) {
            close();
            return;
        }
        // First a word that the connection will end, then, when the client must have read it, which streams were still
        // taken
        // (RFC 9113, 6.8): so no request is lost on its way.
        goAway(
                context(),
                Integer.MAX_VALUE,
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                context().newPromise());
        encoder().writePing(context(), false, DRAIN_PING, context().newPromise());
        flushSoon();
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
        if (peer == null) {
            peer = Peers.address(context().channel());
        }
        return peer;
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
        return listening;
    }

    /** The connection is asked to end: what has not come whole soon will not be waited for. */
    boolean leaving(long now) {
        return drainSince >= 0 && listening.stopping() && now - drainSince >= Limits.STOPPING;
    }

    void writeHeaders(int stream, Http2Headers headers, boolean end) {
        strikes = 0;
        pinged = false;
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

    private void open(int id, Http2Headers headers, boolean end) {
        if (context().channel().bytesBeforeWritable() > MOST_UNREAD) {
            calm("answers_not_read");
            return;
        }
        Http2Stream stream = connection().stream(id);
        StreamReceiver receiver = streams.open(this, id, headers);
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
        if (saidGoodbye) {
            // The stream is still counted while this runs.
            context().executor().execute(this::closeIfDone);
        }
    }

    private void writabilityChanged(Http2Stream stream) {
        StreamReceiver receiver = stream.getProperty(receivers);
        if (receiver != null && encoder().flowController().isWritable(stream)) {
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

    private void sweepDraining(long now) {
        if (!saidGoodbye && now - drainSince >= DRAIN_PATIENCE) {
            sayGoodbye();
        } else if (aged && Limits.passed(keepalive.grace(), drainSince, now)) {
            close();
        }
    }

    private void sweepPing(long now) {
        if (keepalive.pingAfter() == 0) {
            return;
        }
        if (pingedAt >= 0 && heard > pingedAt) {
            pingedAt = -1;
        }
        if (pingedAt >= 0) {
            if (now - pingedAt >= keepalive.pingTimeout()) {
                listening.log().debug("Closing the connection of {}: no answer to a keepalive ping", peer());
                close();
            }
        } else if (now - heard >= keepalive.pingAfter()) {
            pingedAt = now;
            encoder().writePing(context(), false, ALIVE_PING, context().newPromise());
            flushSoon();
        }
    }

    private void sayGoodbye() {
        saidGoodbye = true;
        goAway(
                context(),
                connection().remote().lastStreamCreated(),
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                context().newPromise());
        flushSoon();
        closeIfDone();
    }

    private void closeIfDone() {
        if (connection().numActiveStreams() == 0) {
            // Behind all that is to be written yet.
            flush(context());
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** As grpc-go enforces its policy. */
    private void pingCame() {
        long now = listening.now();
        boolean quiet = connection().numActiveStreams() == 0 && !keepalive.pingIdle();
        long least = quiet ? Http2Keepalive.IDLE_PING_INTERVAL : keepalive.minPingInterval();
        if (pinged && now - lastPing < least) {
            strikes++;
        }
        pinged = true;
        lastPing = now;
        if (strikes > Http2Keepalive.MAX_STRIKES) {
            calm("too_many_pings");
        }
    }

    private void countControlFrame() {
        controlFrames++;
        if (controlFrames == MOST_CONTROL_FRAMES) {
            calm("too_many_control_frames");
        }
    }

    private void calm(String why) {
        listening.log().debug("Closing the connection of {}: {}", peer(), why);
        goAway(
                context(),
                connection().remote().lastStreamCreated(),
                Http2Error.ENHANCE_YOUR_CALM.code(),
                Unpooled.copiedBuffer(why, StandardCharsets.US_ASCII),
                context().newPromise());
        context().flush();
        close();
    }

    private void flushSoon() {
        if (reading || flushing) {
            return;
        }
        flushing = true;
        context().executor().execute(() -> {
            flushing = false;
            flush(context());
        });
    }

    private final class Frames extends Http2FrameAdapter {
        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            // Read before the receiver moves the reader index: all of it is consumed, whatever becomes of it.
            int bytes = data.readableBytes() + padding;
            Http2Stream stream = connection().stream(id);
            StreamReceiver receiver = stream == null ? null : stream.getProperty(receivers);
            if (receiver != null) {
                receiver.data(data);
                if (end) {
                    receiver.requestOver();
                }
            }
            return bytes;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end) {
            onHeadersRead(context, id, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean end) {
            StreamReceiver known = connection().stream(id).getProperty(receivers);
            if (known == null) {
                open(id, headers, end);
            } else if (end) {
                // Trailers, which requests hardly ever have, and nobody reads.
                known.requestOver();
            }
        }

        @Override
        public void onPingRead(ChannelHandlerContext context, long data) {
            countControlFrame();
            if (keepalive.pingAfter() > 0) {
                pingCame();
            }
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext context, long data) {
            if (data == DRAIN_PING && drainSince >= 0 && !saidGoodbye) {
                sayGoodbye();
            }
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            countControlFrame();
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext context, int id, int dependency, short weight, boolean exclusive) {
            countControlFrame();
        }

        @Override
        public void onUnknownFrame(
                ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload) {
            countControlFrame();
        }
    }
}
