package dev.sluice.transport.server;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Decompressor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all connections of one HTTP server share. On one loop. */
final class HttpServing implements Protocols {
    private final HttpServerConfig config;
    private final ComponentContext context;
    private final HttpHandler handler;
    private final Listening listening;
    private final Set<String> encodings;
    private final @Nullable Cors cors;
    private final Http2Serving http2;
    private final Decompressor decompressor;
    private final List<String> standing = new ArrayList<>();
    private String date = "";
    private long dated = -1;

    HttpServing(HttpServerConfig config, ComponentContext context, HttpHandler handler) {
        this.config = config;
        this.context = context;
        this.handler = handler;
        this.encodings = Set.copyOf(config.compressionAlgorithms());
        this.cors = config.cors() == null || config.cors().allowedOrigins().isEmpty() ? null : new Cors(config.cors());
        this.decompressor = new Decompressor(context);
        this.listening = new Listening(
                config.address(),
                config.tls(),
                config.maxConnections(),
                Limits.nanos(config.idleTimeout()),
                this,
                context);
        this.http2 = Http2Serving.of(this::open, Http2Keepalive.idleFor(config.idleTimeout()), listening, 0);
        config.responseHeaders().forEach((name, value) -> {
            standing.add(name);
            standing.add(value.reveal());
        });
    }

    HttpServerConfig config() {
        return config;
    }

    ComponentContext context() {
        return context;
    }

    Listening listening() {
        return listening;
    }

    Decompressor decompressor() {
        return decompressor;
    }

    /** There is no memory for a body. */
    Outcome.Refused noRoom() {
        listening.relieve();
        return Outcome.retryable(
                Outcome.Reason.OVERLOADED,
                "data refused due to high memory usage",
                context.admission().retryAfter());
    }

    Future<?> stop() {
        return listening.stop().onComplete(done -> decompressor.close());
    }

    long now() {
        return context.clock().nanoTime();
    }

    @Override
    public String name() {
        return "HTTP";
    }

    @Override
    public ServerConnection http1(ChannelHandlerContext after) {
        Http1Connection connection = new Http1Connection(this);
        after.pipeline().addAfter(after.name(), "http1", connection);
        after.pipeline().addAfter(after.name(), "decoder", connection.decoder());
        return connection;
    }

    @Override
    public ServerConnection http2(ChannelHandlerContext after) {
        Http2ServerConnection connection = http2();
        after.pipeline().addAfter(after.name(), "http2", connection);
        return connection;
    }

    /** A connection that is not yet in a pipeline. */
    Http2ServerConnection http2() {
        return http2.connection();
    }

    private StreamReceiver open(Http2ServerConnection connection, int stream, Http2Headers headers) {
        Http2Call call = new Http2Call(this, connection, stream, headers);
        handle(call);
        call.handled();
        return call;
    }

    /** The headers of a request have come. */
    void handle(HttpCall call) {
        for (int i = 0; i < standing.size(); i += 2) {
            call.header(standing.get(i), standing.get(i + 1));
        }
        if (cors != null && cors.answers(call)) {
            return;
        }
        try {
            handler.handle(call);
        } catch (RuntimeException bug) {
            failed(call, bug);
        }
    }

    void failed(HttpCall call, Throwable bug) {
        context.log().atError().setCause(bug).log("{} {} failed", call.method(), call.path());
        if (!call.begun()) {
            call.text(500, "Internal Server Error");
        } else {
            call.reset();
        }
    }

    /** How a body with the header {@code content-encoding} is read; null for one that is not accepted. */
    @Nullable
    Compression encoding(String word) {
        if (encodings.isEmpty()) {
            return Compression.NONE;
        }
        return encodings.contains(word) ? Compression.named(word) : null;
    }

    /** The header {@code date}, made anew every second (RFC 9110, 5.6.7). */
    String date() {
        long second = Math.floorDiv(context.clock().epochNanos(), 1_000_000_000L);
        if (second != dated) {
            dated = second;
            date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC));
            if (date.charAt(6) == ' ') {
                date = date.substring(0, 5) + "0" + date.substring(5);
            }
        }
        return date;
    }

    /** Headers as metadata, if they are wanted: lower case, several values joined, nothing that is secret. */
    Map<String, String> metadata(
            Iterable<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> headers) {
        if (!config.includeMetadata()) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        headers.forEach(header -> Metadata.add(metadata, header.getKey(), header.getValue()));
        return metadata;
    }
}
