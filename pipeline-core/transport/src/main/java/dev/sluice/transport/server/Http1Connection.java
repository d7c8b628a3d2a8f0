package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1 connection on which something is under way: one request after the other, each with its answer before the next is begun.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class Http1Connection extends ChannelInboundHandlerAdapter implements ServerConnection {
    /** What came behind the request under way; beyond this the socket is not read. */
    private static final int MOST_WAITING = 32;

    private final HttpServing serving;
    private final ContextInternal loop;
    private final Http1Decoder decoder = new Http1Decoder(this);
    private final Http1Times times;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Http1Call current;
    private @Nullable HttpRequest upgrading;
    private @Nullable String peer;
    private boolean reading;
    private boolean unflushed;
    private boolean closing;
    private boolean advancing;

    Http1Connection(HttpServing serving) {
        this.serving = serving;
        this.loop = serving.listening().loop();
        this.times = new Http1Times(serving);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    /** What makes requests of the bytes that come. */
    Http1Decoder decoder() {
        return decoder;
    }

    /** Bytes have come; of what, the decoder has yet to find out. */
    void heard() {
        if (current == null) {
            times.headBegins();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        Http1Call call = current;
        if (times.over() && call == null) {
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
        restIfIdle();
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
        restIfIdle();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        serving.context().log().debug("Closing the connection of {}: {}", peer(), cause.getMessage());
        context.close();
    }

    @Override
    public void sweep(long now) {
        Http1Call call = current;
        if (!times.late(call, now)) {
            return;
        }
        if (call != null && !call.requestEnded() && !call.begun()) {
            call.abandon();
            bad(408);
        } else {
            close();
        }
    }

    @Override
    public void drain() {
        times.drains();
        if (current == null && !times.ending()) {
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
        context().write(Http1Answers.ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        flush();
    }

    void writeWhole(Http1Call call, int status, String type, Bytes body) {
        closesAfter(call);
        answers().whole(call, status, type, body, closing);
    }

    void writeHead(Http1Call call, int status, String type) {
        closesAfter(call);
        if (!call.chunks()) {
            // The end of the connection is the end of such a body.
            closing = true;
        }
        answers().head(call, status, type, closing);
        flush();
    }

    boolean writePiece(Http1Call call, Bytes piece) {
        if (!piece.isEmpty() && !call.head()) {
            answers().piece(call, piece);
            flush();
        }
        return context().channel().isWritable();
    }

    void writeEnd(Http1Call call) {
        answers().end(call);
    }

    void answered(Http1Call call) {
        flush();
        if (call.requestEnded()) {
            next();
        } else if (closing) {
            // The client may still send; it gets a moment to read the answer and to close.
            times.ends();
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> times.lingers());
        }
    }

    private void process(Object message) {
        if (message instanceof HttpRequest request) {
            times.headCame();
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
        pipeline.remove(decoder);
    }

    /** The call is over: on to the next, or to the end. */
    private void next() {
        current = null;
        if (closing || times.draining()) {
            times.ends();
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        times.rests();
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
        restIfIdle();
    }

    /** Between two requests the connection needs nothing of all this. */
    private void restIfIdle() {
        // A flush tells of writability while it is called, so this may be there twice.
        boolean rests = context().isRemoved();
        if (rests || reading || current != null || upgrading != null || !waiting.isEmpty()) {
            return;
        }
        if (!decoder.between()) {
            // The next request began to come behind the last.
            heard();
            return;
        }
        boolean ends = closing || times.draining() || times.over();
        Channel channel = context().channel();
        // What is written and has not left keeps the connection, which watches over it.
        if (!ends && channel.isActive() && channel.isWritable()) {
            FirstBytes next = new FirstBytes(serving.listening(), true);
            serving.listening().replace(this, next);
            channel.pipeline().remove(decoder);
            channel.pipeline().replace(this, "first", next);
        }
    }

    /** A client that sends and sends but reads no answers is not read from either. */
    private void regulate() {
        boolean read = waiting.size() <= MOST_WAITING && context().channel().isWritable();
        context().channel().config().setAutoRead(read);
    }

    /** Answers what is no request, and ends the connection. */
    private void bad(int status) {
        closing = true;
        current = null;
        times.lingers();
        answers().bad(status);
        flush();
    }

    private static int status(Throwable cause) {
        return cause instanceof TooLongHttpHeaderException
                ? 431
                : cause instanceof TooLongHttpLineException ? 414 : 400;
    }

    private void closesAfter(Http1Call call) {
        if (!call.keepAlive() || times.draining()) {
            closing = true;
        }
    }

    private Http1Answers answers() {
        return new Http1Answers(serving, context());
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
}
