package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call over HTTP/1. */
final class Http1Call extends HttpCall {
    /** As much of a body that nobody wants is read to keep the connection (Go's server does the same). */
    private static final long CHEAP = 256 * 1024;

    private final Http1Connection connection;
    private final HttpRequest request;
    private final boolean keepAlive;
    private boolean waitsToSend;

    Http1Call(HttpServing serving, Http1Connection connection, HttpRequest request) {
        super(serving);
        this.connection = connection;
        this.request = request;
        this.keepAlive = HttpUtil.isKeepAlive(request) && serving.config().keepAlivesEnabled();
        this.waitsToSend = HttpUtil.is100ContinueExpected(request);
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String target() {
        String target = request.uri();
        // The form for proxies, which servers must understand (RFC 9112, 3.2.2).
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int path = target.indexOf('/', target.indexOf("://") + 3);
            return path < 0 ? "/" : target.substring(path);
        }
        return target;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return request.headers().get(name);
    }

    @Override
    public String peer() {
        return connection.peer();
    }

    @Override
    public Map<String, String> metadata() {
        if (!serving().config().includeMetadata()) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        request.headers()
                .iteratorCharSequence()
                .forEachRemaining(header -> Metadata.add(metadata, header.getKey(), header.getValue()));
        return metadata;
    }

    HttpRequest request() {
        return request;
    }

    /** Whether the answer can be followed by another request. */
    boolean keepAlive() {
        if (!keepAlive || waitsToSend) {
            return false;
        }
        return requestEnded() || (announced() >= 0 && announced() - received() <= CHEAP);
    }

    /** HTTP/1.0 has no chunks. */
    boolean chunks() {
        return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
    }

    boolean head() {
        return method().equals("HEAD");
    }

    @Override
    long announced() {
        return HttpUtil.isTransferEncodingChunked(request) ? -1 : HttpUtil.getContentLength(request, 0L);
    }

    @Override
    void carryOn() {
        if (waitsToSend) {
            waitsToSend = false;
            connection.writeContinue();
        }
    }

    @Override
    void writeWhole(int status, String type, Bytes body) {
        connection.writeWhole(this, status, type, body);
    }

    @Override
    void writeHead(int status, String type) {
        connection.writeHead(this, status, type);
    }

    @Override
    boolean writePiece(Bytes piece) {
        return connection.writePiece(this, piece);
    }

    @Override
    void writeEnd() {
        connection.writeEnd(this);
    }

    @Override
    void answered() {
        connection.answered(this);
    }

    @Override
    void reset() {
        connection.close();
    }
}
