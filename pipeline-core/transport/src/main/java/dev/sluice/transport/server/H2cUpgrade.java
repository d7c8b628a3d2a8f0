package dev.sluice.transport.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.AsciiString;
import java.util.Set;

/**
 * The change from HTTP/1.1 to HTTP/2 in the clear that a client asks for with its first request (RFC 7540, 3.2; newer clients know
 * beforehand). Only for a request without a body, which becomes stream 1.
 */
final class H2cUpgrade {
    private static final int STREAM = 1;

    /** What is about the connection, which is another one now. */
    private static final Set<String> OF_HTTP1 = Set.of(
            "connection",
            "upgrade",
            "http2-settings",
            "host",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te");

    private H2cUpgrade() {}

    static boolean asked(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return headers.containsValue(HttpHeaderNames.UPGRADE, "h2c", true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.getAll(Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER).size() == 1
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) == 0;
    }

    /** Adds HTTP/2 behind the handler of the context and gives it the request; false if the settings are not good. */
    static boolean take(HttpRequest request, Http2ServerConnection connection, ChannelHandlerContext context) {
        DefaultFullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        Http2ServerUpgradeCodec codec = new Http2ServerUpgradeCodec("http2", connection);
        if (!codec.prepareUpgradeResponse(context, whole, new DefaultHttpHeaders())) {
            return false;
        }
        var _ = context.write(
                Http1Answers.ascii("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"));
        codec.upgradeTo(context, whole);
        connection.upgraded(STREAM, headers(request));
        return true;
    }

    private static Http2Headers headers(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(request.method().asciiName())
                .path(request.uri())
                .scheme("http");
        if (host != null) {
            headers.authority(host);
        }
        request.headers().iteratorCharSequence().forEachRemaining(header -> {
            AsciiString name = AsciiString.of(header.getKey()).toLowerCase();
            if (!OF_HTTP1.contains(name.toString())) {
                headers.add(name, header.getValue());
            }
        });
        return headers;
    }
}
