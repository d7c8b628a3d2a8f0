package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Answers as the bytes of HTTP/1.1 (RFC 9112), written and not flushed; headers and a small body in one piece. */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
record Http1Answers(HttpServing serving, ChannelHandlerContext context) {
    /** A smaller body is copied behind the headers, which is cheaper than to send two buffers. */
    private static final int SMALL = 4 * 1024;

    private static final int HEAD = 256;
    private static final int NO_CONTENT = 204;

    /** {@code closes} tells the client that it is the last answer. */
    void whole(Http1Call call, int status, String type, Bytes body, boolean closes) {
        boolean small = body.length() <= SMALL && !call.head();
        ByteBuf head = context.alloc().buffer(HEAD + (small ? body.length() : 0));
        head(head, call, status, type, closes);
        if (status != NO_CONTENT) {
            header(head, "content-length: ", Integer.toString(body.length()));
        }
        ByteBufUtil.writeAscii(head, "\r\n");
        if (small) {
            for (int i = 0; i < body.sliceCount(); i++) {
                head.writeBytes(body.sliceArray(i), body.sliceOffset(i), body.sliceLength(i));
            }
        }
        context.write(head);
        if (!small && !call.head()) {
            context.write(Slices.of(body));
        }
    }

    /** Of an answer whose length is not known. */
    void head(Http1Call call, int status, String type, boolean closes) {
        ByteBuf head = context.alloc().buffer(HEAD);
        head(head, call, status, type, closes);
        ByteBufUtil.writeAscii(head, call.chunks() ? "transfer-encoding: chunked\r\n\r\n" : "\r\n");
        context.write(head);
    }

    void piece(Http1Call call, Bytes piece) {
        if (call.chunks()) {
            context.write(ascii(Integer.toHexString(piece.length()) + "\r\n"));
        }
        context.write(Slices.of(piece));
        if (call.chunks()) {
            context.write(ascii("\r\n"));
        }
    }

    void end(Http1Call call) {
        if (call.chunks() && !call.head()) {
            context.write(ascii("0\r\n\r\n"));
        }
    }

    /** To what is no request. */
    void bad(int status) {
        String reason = HttpResponseStatus.valueOf(status).toString();
        context.write(ascii("HTTP/1.1 " + reason
                + "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: "
                + reason.length() + "\r\n\r\n" + reason));
    }

    static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void head(ByteBuf out, Http1Call call, int status, String type, boolean closes) {
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
        if (closes) {
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
}
