package dev.sluice.transport.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of a connection, which counts the frames that a client makes the server read or write for nothing. Each method that counts
 * what came says true once, when it is a flood.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class Http2Floods extends DecoratingHttp2ConnectionEncoder {
    /** Streams broken off within {@link #RESETS_WINDOW}, by the client or for its errors (CVE-2023-44487, CVE-2025-55163). */
    private static final int RESETS = 200;

    private static final long RESETS_WINDOW = Duration.ofSeconds(30).toNanos();

    /** Frames in a second that carry no request and still cost an answer or a look. */
    private static final int CONTROL_FRAMES = 1_000;

    /** Frames of DATA one after the other that hold nothing (CVE-2019-9518). */
    private static final int EMPTY_DATA = 2;

    /** Answers to control frames that the client does not read (CVE-2019-9512, CVE-2019-9515). */
    private static final int UNREAD = 10_000;

    private final Listening listening;
    private @Nullable Http2LifecycleManager manager;
    private long resetsSince;
    private int resetsRead;
    private int resetsWritten;
    private int controlFrames;
    private int emptyData;
    private int unread;

    Http2Floods(Http2ConnectionEncoder encoder, Listening listening) {
        super(encoder);
        this.listening = listening;
        this.resetsSince = listening.now();
    }

    @Override
    public void lifecycleManager(Http2LifecycleManager lifecycle) {
        manager = lifecycle;
        super.lifecycleManager(lifecycle);
    }

    /** The client has broken a stream off. */
    boolean resetRead() {
        resetsWindow();
        resetsRead++;
        return resetsRead == RESETS + 1;
    }

    /** A frame of DATA has come. */
    boolean dataRead(boolean empty) {
        emptyData = empty ? emptyData + 1 : 0;
        return emptyData == EMPTY_DATA + 1;
    }

    /** HEADERS have come. */
    void headersRead() {
        emptyData = 0;
    }

    /** A frame has come that carries no request. */
    boolean controlFrameRead() {
        controlFrames++;
        return controlFrames == CONTROL_FRAMES;
    }

    /** A second is over. */
    void second() {
        controlFrames = 0;
    }

    @Override
    public ChannelFuture writeSettingsAck(ChannelHandlerContext context, ChannelPromise promise) {
        return super.writeSettingsAck(context, counted(context, promise));
    }

    @Override
    public ChannelFuture writePing(ChannelHandlerContext context, boolean ack, long data, ChannelPromise promise) {
        return super.writePing(context, ack, data, ack ? counted(context, promise) : promise);
    }

    @Override
    public ChannelFuture writeRstStream(ChannelHandlerContext context, int stream, long error, ChannelPromise promise) {
        ChannelFuture written = super.writeRstStream(context, stream, error, counted(context, promise));
        // Those two are ours, not for an error of the client's.
        if (error != Http2Error.CANCEL.code() && error != Http2Error.NO_ERROR.code()) {
            resetsWindow();
            resetsWritten++;
            if (resetsWritten == RESETS + 1) {
                calm(context, "too_many_errors");
            }
        }
        return written;
    }

    private void resetsWindow() {
        long now = listening.now();
        if (now - resetsSince >= RESETS_WINDOW) {
            resetsSince = now;
            resetsRead = 0;
            resetsWritten = 0;
        }
    }

    private ChannelPromise counted(ChannelHandlerContext context, ChannelPromise promise) {
        if (unread == UNREAD) {
            // Some of them may only wait for the end of a read.
            context.flush();
        }
        unread++;
        if (unread == UNREAD + 1) {
            calm(context, "answers_not_read");
        }
        return promise.unvoid().addListener(written -> unread--);
    }

    private void calm(ChannelHandlerContext context, String why) {
        if (manager != null) {
            manager.onError(context, true, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, why));
        }
        context.close();
    }
}
