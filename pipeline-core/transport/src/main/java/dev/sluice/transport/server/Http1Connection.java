package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1 connection: one request after the other, each with its answer before the next is begun. Answers are written as bytes,
 * headers and a small body in one piece.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class Http1Connection extends ChannelInboundHandlerAdapter implements ServerConnection {
    /** A smaller body is copied behind the headers, which is cheaper than to send two buffers. */
    private static final int SMALL = 4 * 1024;

    /** What came behind the request under way; beyond this the socket is not read. */
    private static final int MOST_WAITING = 32;

    private static final int NO_CONTENT = 204;

    private final HttpServing serving;
    private final ContextInternal loop;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Http1Call current;
    private @Nullable HttpRequest upgrading;
    private @Nullable String peer;
    private boolean reading;
    private boolean unflushed;
    private boolean closing;
    private boolean drained;
    private boolean advancing;
    private long headSince = -1;
    private long quietSince;
    private long endingSince = -1;
    private long lingersSince = -1;
    private long drainedSince = -1;

    Http1Connection(HttpServing serving) {
        this.serving = serving;
        this.loop = serving.listening().loop();
        this.quietSince = serving.now();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    /** Bytes have come; of what, the decoder has yet to find out. */
    void heard() {
        if (current == null && headSince < 0) {
            headSince = serving.now();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        Http1Call call = current;
        if ((endingSince >= 0 || lingersSince >= 0) && call == null) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (call != null && call.requestEnded()) {
            waiting.add(message);
            regulate();
            return;
        }
        ContextInternal before = loop.beginDispatch();
        try {
            process(message);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        serving.listening().remove(this);
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        Http1Call call = current;
        current = null;
        if (call != null) {
            ContextInternal before = loop.beginDispatch();
            try {
                call.abandon();
            } finally {
                loop.endDispatch(before);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        regulate();
        Http1Call call = current;
        if (call != null && context.channel().isWritable()) {
            ContextInternal before = loop.beginDispatch();
            try {
                call.drained();
            } finally {
                loop.endDispatch(before);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        serving.context().log().debug("Closing the connection of {}: {}", peer(), cause.getMessage());
        context.close();
    }

    @Override
    public void sweep(long now) {
        Http1Call call = current;
        HttpServerConfig config = serving.config();
        boolean late;
        if (lingersSince >= 0) {
            late = now - lingersSince >= Limits.LINGER;
        } else if (endingSince >= 0) {
            late = Limits.passed(Limits.nanos(config.writeTimeout()), endingSince, now)
                    || (drainedSince >= 0 && now - drainedSince >= Limits.STOPPING);
        } else if (call == null) {
            late = headSince >= 0
                    ? now - headSince >= Limits.headers(config.readHeaderTimeout())
                    : Limits.passed(Limits.nanos(config.idleTimeout()), quietSince, now);
        } else if (!call.requestEnded()) {
            long since = now - call.started();
            late = Limits.tooSlow(since, call.received())
                    || Limits.passed(Limits.nanos(config.readTimeout()), call.started(), now)
                    || (drainedSince >= 0 && now - drainedSince >= Limits.STOPPING);
            if (late && !call.begun()) {
                call.abandon();
                bad(408);
                return;
            }
        } else {
            late = Limits.passed(Limits.nanos(config.writeTimeout()), call.started(), now);
        }
        if (late) {
            close();
        }
    }

    @Override
    public void drain() {
        drained = true;
        drainedSince = serving.now();
        if (current == null && endingSince < 0) {
            close();
        }
    }

    @Override
    public long uploading() {
        return current == null ? 0 : current.unfinished();
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

    void writeContinue() {
        context().write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        flush();
    }

    void writeWhole(Http1Call call, int status, String type, Bytes body) {
        boolean small = body.length() <= SMALL && !call.head();
        ByteBuf head = context().alloc().buffer(256 + (small ? body.length() : 0));
        head(head, call, status, type);
        if (status != NO_CONTENT) {
            header(head, "content-length: ", Integer.toString(body.length()));
        }
        ByteBufUtil.writeAscii(head, "\r\n");
        if (small) {
            for (int i = 0; i < body.sliceCount(); i++) {
                head.writeBytes(body.sliceArray(i), body.sliceOffset(i), body.sliceLength(i));
            }
        }
        context().write(head);
        if (!small && !call.head()) {
            context().write(Slices.of(body));
        }
    }

    void writeHead(Http1Call call, int status, String type) {
        ByteBuf head = context().alloc().buffer(256);
        if (!call.chunks()) {
            // The end of the connection is the end of such a body.
            closing = true;
        }
        head(head, call, status, type);
        ByteBufUtil.writeAscii(head, call.chunks() ? "transfer-encoding: chunked\r\n\r\n" : "\r\n");
        context().write(head);
        flush();
    }

    boolean writePiece(Http1Call call, Bytes piece) {
        if (!piece.isEmpty() && !call.head()) {
            if (call.chunks()) {
                context().write(ascii(Integer.toHexString(piece.length()) + "\r\n"));
            }
            context().write(Slices.of(piece));
            if (call.chunks()) {
                context().write(ascii("\r\n"));
            }
            flush();
        }
        return context().channel().isWritable();
    }

    void writeEnd(Http1Call call) {
        if (call.chunks() && !call.head()) {
            context().write(ascii("0\r\n\r\n"));
        }
    }

    void answered(Http1Call call) {
        flush();
        if (call.requestEnded()) {
            next();
        } else if (closing) {
            // The client may still send; it gets a moment to read the answer and to close.
            endingSince = serving.now();
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> lingersSince = serving.now());
        }
    }

    private void process(Object message) {
        if (message instanceof HttpRequest request) {
            headSince = -1;
            if (request.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                bad(status(request.decoderResult().cause()));
                return;
            }
            if (H2cUpgrade.asked(request)) {
                upgrading = request;
                return;
            }
            Http1Call call = new Http1Call(serving, this, request);
            current = call;
            serving.handle(call);
            call.handled();
        } else if (message instanceof HttpContent content) {
            try {
                content(content);
            } finally {
                content.release();
            }
        }
    }

    private void content(HttpContent content) {
        HttpRequest last = upgrading;
        if (last != null) {
            upgrading = null;
            upgrade(last);
            return;
        }
        Http1Call call = current;
        if (call == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            call.abandon();
            if (call.begun()) {
                close();
            } else {
                bad(400);
            }
            return;
        }
        if (content.content().isReadable()) {
            call.piece(content.content());
        }
        if (content instanceof LastHttpContent && current == call) {
            boolean answered = call.ended();
            call.requestEnd();
            if (answered) {
                next();
            }
        }
    }

    /** The request that asked for HTTP/2 has come whole. */
    private void upgrade(HttpRequest last) {
        Http2ServerConnection next = serving.http2();
        if (!H2cUpgrade.take(last, next, context())) {
            bad(400);
            return;
        }
        serving.listening().replace(this, next);
        ChannelPipeline pipeline = context().pipeline();
        pipeline.remove(this);
        // What it has read beyond the request goes to the next handler.
        pipeline.remove(Http1Decoder.class);
    }

    /** The call is over: on to the next, or to the end. */
    private void next() {
        current = null;
        if (closing || drained) {
            endingSince = serving.now();
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        quietSince = serving.now();
        if (advancing) {
            return;
        }
        // A call that is answered while it is processed comes back here, and returns to this loop.
        advancing = true;
        while (!waiting.isEmpty() && (current == null || !current.requestEnded())) {
            process(waiting.poll());
        }
        advancing = false;
        regulate();
    }

    /** A client that sends and sends but reads no answers is not read from either. */
    private void regulate() {
        boolean read = waiting.size() <= MOST_WAITING && context().channel().isWritable();
        context().channel().config().setAutoRead(read);
    }

    /** Answers what is no request, and ends the connection. */
    private void bad(int status) {
        String reason = HttpResponseStatus.valueOf(status).toString();
        closing = true;
        current = null;
        lingersSince = serving.now();
        context()
                .write(ascii("HTTP/1.1 " + reason
                        + "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: "
                        + reason.length() + "\r\n\r\n" + reason));
        flush();
    }

    private static int status(Throwable cause) {
        return cause instanceof TooLongHttpHeaderException
                ? 431
                : cause instanceof TooLongHttpLineException ? 414 : 400;
    }

    private void head(ByteBuf out, Http1Call call, int status, String type) {
        HttpResponseStatus line = HttpResponseStatus.valueOf(status);
        ByteBufUtil.writeAscii(out, "HTTP/1.1 ");
        ByteBufUtil.writeAscii(out, line.codeAsText());
        out.writeByte(' ');
        ByteBufUtil.writeAscii(out, line.reasonPhrase());
        header(out, "\r\ndate: ", serving.date());
        if (!type.isEmpty()) {
            header(out, "content-type: ", type);
        }
        for (int i = 0; i < call.headers().size(); i += 2) {
            ByteBufUtil.writeAscii(out, call.headers().get(i));
            header(out, ": ", call.headers().get(i + 1));
        }
        if (!call.keepAlive() || drained) {
            closing = true;
        }
        if (closing) {
            ByteBufUtil.writeAscii(out, "connection: close\r\n");
        } else if (!call.chunks()) {
            ByteBufUtil.writeAscii(out, "connection: keep-alive\r\n");
        }
    }

    private static void header(ByteBuf out, String before, String value) {
        ByteBufUtil.writeAscii(out, before);
        ByteBufUtil.writeAscii(out, value);
        ByteBufUtil.writeAscii(out, "\r\n");
    }

    private void flush() {
        if (reading) {
            unflushed = true;
        } else {
            context().flush();
        }
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
