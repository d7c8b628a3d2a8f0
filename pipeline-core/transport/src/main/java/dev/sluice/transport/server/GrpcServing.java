package dev.sluice.transport.server;

import dev.sluice.api.Admission;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.compression.Decompressor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all connections of one gRPC server share. On one loop. */
final class GrpcServing implements Protocols {
    private final GrpcServerConfig config;
    private final ComponentContext context;
    private final Map<String, UnaryMethod> methods;
    private final Listening listening;
    private final Http2Serving http2;
    private final Decompressor decompressor;

    GrpcServing(GrpcServerConfig config, ComponentContext context, Map<String, UnaryMethod> methods) {
        this.config = config;
        this.context = context;
        this.methods = Map.copyOf(methods);
        Http2Keepalive keepalive = Http2Keepalive.of(
                config.keepalive() != null ? config.keepalive() : new GrpcServerKeepalive(null, null));
        this.listening =
                new Listening(config.address(), config.tls(), config.maxConnections(), keepalive.idle(), this, context);
        this.http2 = Http2Serving.of(this::open, keepalive, listening, config.maxConcurrentStreams());
        this.decompressor = new Decompressor(context);
    }

    Future<?> start() {
        return listening.start();
    }

    Future<?> stop() {
        return listening.stop().onComplete(done -> decompressor.close());
    }

    Listening listening() {
        return listening;
    }

    ComponentContext context() {
        return context;
    }

    Admission admission() {
        return context.admission();
    }

    Decompressor decompressor() {
        return decompressor;
    }

    int maxMessage() {
        return config.maxMessage();
    }

    long now() {
        return context.clock().nanoTime();
    }

    @Nullable
    UnaryMethod method(CharSequence path) {
        return methods.get(path.toString());
    }

    /** Why there is no such method, in the words of grpc-go. */
    RpcStatus unknown(String path) {
        int slash = path.lastIndexOf('/');
        String service = slash > 0 ? path.substring(1, slash) : "";
        String method = path.substring(slash + 1);
        boolean known = methods.keySet().stream().anyMatch(key -> key.startsWith("/" + service + "/"));
        String message = service.isEmpty()
                ? "malformed method name: \"" + path + "\""
                : known ? "unknown method " + method + " for service " + service : "unknown service " + service;
        return RpcStatus.of(GrpcCode.UNIMPLEMENTED, 404, message);
    }

    Origin origin(Http2ServerConnection connection, Http2Headers headers) {
        if (!config.includeMetadata()) {
            return connection.origin("grpc");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        headers.forEach(header -> Metadata.add(metadata, header.getKey(), header.getValue()));
        return new Origin("grpc", connection.peer(), metadata);
    }

    /** There is no memory for a message. */
    Outcome.Refused noRoom() {
        listening.relieve();
        return Outcome.retryable(
                Outcome.Reason.OVERLOADED,
                "data refused due to high memory usage",
                admission().retryAfter());
    }

    @Override
    public String name() {
        return "gRPC";
    }

    @Override
    public @Nullable ServerConnection http1(ChannelHandlerContext after) {
        return null;
    }

    @Override
    public ServerConnection http2(ChannelHandlerContext after) {
        Http2ServerConnection connection = http2.connection();
        after.pipeline().addAfter(after.name(), "http2", connection);
        return connection;
    }

    private StreamReceiver open(Http2ServerConnection connection, int stream, Http2Headers headers) {
        GrpcCall call = new GrpcCall(this, connection, stream);
        call.begin(headers);
        return call;
    }
}
