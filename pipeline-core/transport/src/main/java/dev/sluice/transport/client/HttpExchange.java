package dev.sluice.transport.client;

import dev.sluice.otlp.Bytes;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One request and its answer. */
final class HttpExchange extends Exchange<HttpReply> {
    /** What goes into one write over HTTP/1: large enough for few system calls, small enough for pooled buffers. */
    private static final int WRITE = 256 * 1024;

    private final int maxResponse;
    private final long epochNanos;
    private final Buffer received = Buffer.buffer(0);
    private boolean truncated;

    HttpExchange(int maxResponse, long epochNanos) {
        this.maxResponse = maxResponse;
        this.epochNanos = epochNanos;
    }

    void send(HttpClientRequest stream, Bytes body) {
        if (!takes(stream)) {
            return;
        }
        if (stream.version() == HttpVersion.HTTP_2) {
            // Netty cuts it into frames as the server's windows open.
            stream.end(WireBuffers.of(body)).onFailure(this::fail);
        } else {
            write(stream, body, 0);
        }
    }

    @Override
    void fail(Throwable cause) {
        cancel(Failures.text(cause));
    }

    void cancel(String message) {
        finish(new HttpReply.NoAnswer(message));
    }

    /** Writes from a slice on, until the socket is full; then goes on when it has drained. */
    private void write(HttpClientRequest stream, Bytes body, int first) {
        int from = first;
        while (from < body.sliceCount() && !done()) {
            int to = from;
            long length = 0;
            while (to < body.sliceCount() && (to == from || length + body.sliceLength(to) <= WRITE)) {
                length += body.sliceLength(to++);
            }
            stream.write(WireBuffers.of(body, from, to)).onFailure(this::fail);
            from = to;
            if (from < body.sliceCount() && stream.writeQueueFull()) {
                int next = from;
                stream.drainHandler(drained -> write(stream, body, next));
                return;
            }
        }
        stream.end().onFailure(this::fail);
    }

    @Override
    void answered(HttpClientResponse response) {
        response.exceptionHandler(this::fail);
        response.handler(chunk -> {
            if (received.length() + chunk.length() <= maxResponse) {
                received.appendBuffer(chunk);
            } else {
                truncated = true;
                complete(response);
                response.request().reset(CANCEL);
            }
        });
        response.endHandler(end -> complete(response));
    }

    private void complete(HttpClientResponse response) {
        String type = response.getHeader("content-type");
        int parameters = type == null ? -1 : type.indexOf(';');
        String plain = type == null ? "" : parameters < 0 ? type : type.substring(0, parameters);
        String encoding = response.getHeader("content-encoding");
        String location = response.getHeader("location");
        Bytes body =
                truncated ? Bytes.EMPTY : ResponseDecoder.decode(encoding, Bytes.of(received.getBytes()), maxResponse);
        finish(new HttpReply.Answer(
                response.statusCode(),
                plain.strip().toLowerCase(Locale.ROOT),
                RetryAfter.parse(response.getHeader("retry-after"), epochNanos),
                location == null ? "" : location,
                extensions(response.headers()),
                body,
                truncated));
    }

    private static Map<String, String> extensions(MultiMap headers) {
        Map<String, String> extensions = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, "x-", 0, 2)) {
                extensions.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return Map.copyOf(extensions);
    }

    @Override
    boolean abandons(HttpReply reply) {
        return reply instanceof HttpReply.NoAnswer;
    }
}
