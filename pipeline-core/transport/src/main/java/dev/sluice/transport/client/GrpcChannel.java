package dev.sluice.transport.client;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Compressor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unary gRPC calls to one target. Messages go out as they are, without copies; connections open with the first call and again
 * whenever they are needed. Used on one loop.
 */
public final class GrpcChannel {
    private final GrpcClientConfig config;
    private final ComponentContext context;
    private final GrpcConnections connections;
    private final Compressor compressor;
    private final String userAgent;
    private final HostAndPort authority;
    private final Set<Promise<Object>> pauses = new HashSet<>();
    private @Nullable ClientAuthenticator authenticator;

    public GrpcChannel(GrpcClientConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.connections = new GrpcConnections(config, context);
        this.compressor = new Compressor(config.compressor().overGrpc(), Compression.DEFAULT_LEVEL, context);
        this.userAgent = config.userAgent().isEmpty() ? UserAgent.of(context.service()) : config.userAgent();
        this.authority = authority(config);
    }

    /** Reads keys and certificates and finds the authenticator; fails if they are not good. Connects to nothing. */
    public Future<?> start() {
        ClientAuth auth = config.auth();
        if (auth != null && auth.authenticator() != null) {
            authenticator = context.extension(auth.authenticator(), ClientAuthenticator.class);
        }
        return connections.start();
    }

    /** Lets calls under way end, and closes. */
    public Future<?> stop() {
        compressor.close();
        Future<?> stopped = connections.stop();
        List.copyOf(pauses).forEach(Promise::tryComplete);
        return stopped;
    }

    /**
     * Calls a method. The future never fails: what goes wrong is a reply too.
     *
     * @param path {@code /package.Service/Method}
     * @param timeout of the whole call, connecting included; zero for none
     */
    public Future<GrpcReply> call(String path, Bytes message, Duration timeout) {
        GrpcCall call = new GrpcCall();
        long start = context.clock().nanoTime();
        if (timeout.isPositive()) {
            call.deadline(
                    context.after(timeout, () -> call.cancel(GrpcCode.DEADLINE_EXCEEDED, "context deadline exceeded")));
        }
        credentials()
                .compose(headers -> compressor
                        .compress(message)
                        .compose(body -> connection(call).map(connection -> {
                            if (!call.done()) {
                                RequestOptions options = options(path, headers, remaining(timeout, start));
                                connection.start(call, options, authority, frame(body));
                            }
                            return connection;
                        })))
                .onFailure(call::fail);
        return call.future();
    }

    private Future<Map<String, String>> credentials() {
        return authenticator == null ? Future.succeededFuture(Map.of()) : authenticator.credentials();
    }

    private Future<GrpcConnection> connection(GrpcCall call) {
        return connections
                .pick()
                .recover(cause -> config.waitForReady() && !call.done() && !connections.stopped()
                        ? pause().compose(paused -> connection(call))
                        : Future.failedFuture(cause));
    }

    /** One second between two attempts to connect, as gRPC begins with. */
    private Future<?> pause() {
        Promise<Object> promise = Promise.promise();
        Timer timer = context.after(Duration.ofSeconds(1), promise::tryComplete);
        pauses.add(promise);
        return promise.future().onComplete(over -> {
            timer.cancel();
            pauses.remove(promise);
        });
    }

    private RequestOptions options(String path, Map<String, String> credentials, Duration remaining) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(path)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers")
                .putHeader("user-agent", userAgent);
        if (compressor.compression() != Compression.NONE) {
            options.putHeader("grpc-encoding", config.compressor().key());
        }
        options.putHeader("grpc-accept-encoding", ResponseDecoder.ACCEPTED);
        if (remaining.isPositive()) {
            options.putHeader("grpc-timeout", timeout(remaining));
        }
        for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
            options.putHeader(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().reveal());
        }
        credentials.forEach((name, value) -> options.putHeader(name.toLowerCase(Locale.ROOT), value));
        return options;
    }

    /** The message behind its five bytes: whether it is compressed, and its length. */
    private Buffer frame(Bytes body) {
        byte[] head = new byte[5];
        head[0] = (byte) (compressor.compression() == Compression.NONE ? 0 : 1);
        for (int i = 0; i < 4; i++) {
            head[1 + i] = (byte) (body.length() >>> (24 - 8 * i));
        }
        return WireBuffers.of(head, body);
    }

    /** What is left of the timeout, at least 1 ns; zero for no timeout. */
    private Duration remaining(Duration timeout, long start) {
        return timeout.isPositive()
                ? Duration.ofNanos(
                        Math.max(1, timeout.toNanos() - (context.clock().nanoTime() - start)))
                : Duration.ZERO;
    }

    /** As {@code grpc-timeout} has it: at most eight digits and a unit, rounded up (gRPC over HTTP/2, "Requests"). */
    static String timeout(Duration duration) {
        long value = duration.toNanos();
        long[] steps = {1000, 1000, 1000, 60, 60};
        String units = "numSMH";
        int unit = 0;
        while (value > 99_999_999 && unit < steps.length) {
            value = (value + steps[unit] - 1) / steps[unit];
            unit++;
        }
        return "" + value + units.charAt(unit);
    }

    private static HostAndPort authority(GrpcClientConfig config) {
        if (!config.authority().isEmpty()) {
            HostAndPort parsed = HostAndPort.parseAuthority(config.authority(), -1);
            return parsed == null ? HostAndPort.authority(config.authority()) : parsed;
        }
        GrpcTarget target = config.target();
        String name = config.tls().serverNameOverride();
        String host = !name.isEmpty() && !config.plaintext() ? name : target.name();
        return target.socket().isEmpty()
                ? HostAndPort.authority(host, target.port())
                : HostAndPort.authority("localhost");
    }
}
