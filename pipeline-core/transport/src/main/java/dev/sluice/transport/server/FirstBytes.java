package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first bytes of a connection to see which HTTP it is (RFC 9113, 3.4: the preface), or, where that is known to be
 * HTTP/1, for those of the next request. Until they come, a connection costs no codec.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class FirstBytes extends ChannelInboundHandlerAdapter implements ServerConnection {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Listening listening;
    private final boolean http1;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf gathered;

    /** When the first byte came, or, before that, when the waiting began. */
    private long since;

    private boolean started;

    /** {@code http1} says that the connection is HTTP/1. */
    FirstBytes(Listening listening, boolean http1) {
        this.listening = listening;
        this.http1 = http1;
        this.since = listening.now();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf before = gathered;
        if (before != null) {
            before.writeBytes(bytes);
            bytes.release();
            bytes = before;
            gathered = null;
        }
        int known = Math.min(bytes.readableBytes(), PREFACE.length);
        boolean preface = !http1;
        for (int i = 0; i < known && preface; i++) {
            preface = bytes.getByte(bytes.readerIndex() + i) == PREFACE[i];
        }
        if (preface && known < PREFACE.length) {
            gather(ctx, bytes);
            return;
        }
        ServerConnection next = preface
                ? listening.protocols().http2(ctx)
                : listening.protocols().http1(ctx);
        if (next == null) {
            // What gRPC servers do with a greeting that they do not know.
            bytes.release();
            ctx.close();
            return;
        }
        started = true;
        listening.replace(this, next);
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(bytes);
    }

    private void gather(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!started) {
            started = true;
            since = listening.now();
        }
        ByteBuf all = ctx.alloc().heapBuffer(PREFACE.length + 1, 64 * 1024);
        all.writeBytes(bytes);
        bytes.release();
        gathered = all;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        listening.remove(this);
        release();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void sweep(long now) {
        boolean late = started ? now - since >= Limits.HEADERS : Limits.passed(listening.idleLimit(), since, now);
        if (late) {
            close();
        }
    }

    @Override
    public void drain() {
        close();
    }

    @Override
    public long uploading() {
        return 0;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    private void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
