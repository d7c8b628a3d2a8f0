package dev.sluice.transport.client;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection and the calls on it. It takes new calls until it is {@link #leave told off} or ends. */
final class GrpcConnection {
    private final HttpClientConnection connection;
    private final @Nullable Runnable left;
    private final Set<GrpcCall> calls = new HashSet<>();
    private boolean open = true;
    private boolean heard;
    private @Nullable Timer pinging;

    /** {@code left} runs once, when the connection takes no more calls. */
    GrpcConnection(HttpClientConnection connection, @Nullable Runnable left) {
        this.connection = connection;
        this.left = left;
        connection.closeHandler(closed -> ended());
        connection.goAwayHandler(goAway -> leave());
    }

    boolean open() {
        return open;
    }

    boolean http2() {
        return connection.protocolVersion() == HttpVersion.HTTP_2;
    }

    void keepAlive(GrpcKeepalive keepalive, ComponentContext context) {
        pinging = context.every(keepalive.interval(), () -> {
            if (!heard && (keepalive.permitWithoutStream() || !calls.isEmpty())) {
                ping(keepalive, context);
            }
            heard = false;
        });
    }

    /** Starts the call; a stream that the server has no room for waits for its turn within the call's deadline. */
    void start(GrpcCall call, RequestOptions options, HostAndPort authority, Buffer frame) {
        calls.add(call);
        call.future().onComplete(ended -> {
            calls.remove(call);
            heard = true;
        });
        connection.request(options).onComplete(request -> call.send(request.authority(authority), frame), call::fail);
    }

    /** Takes no more calls, lets those under way end, and closes. */
    Future<?> leave() {
        if (open) {
            open = false;
            if (left != null) {
                left.run();
            }
        }
        if (!calls.isEmpty()) {
            // The server may still answer. Its own close, or the deadlines of the calls, end this.
            return Future.join(calls.stream().map(GrpcCall::future).toList()).eventually(this::close);
        }
        return close();
    }

    Future<?> close() {
        return connection.shutdown(0, TimeUnit.SECONDS);
    }

    private void ping(GrpcKeepalive keepalive, ComponentContext context) {
        Timer overdue = context.after(keepalive.timeout(), () -> {
            context.log().warn("Closing the connection to {}: no answer to a keepalive ping", remote());
            close();
        });
        connection.ping(Buffer.buffer(8).appendLong(context.clock().nanoTime())).onComplete(pong -> overdue.cancel());
    }

    private void ended() {
        if (pinging != null) {
            pinging.cancel();
        }
        leave();
        for (GrpcCall call : new ArrayList<>(calls)) {
            call.cancel(GrpcCode.UNAVAILABLE, "connection closed");
        }
    }

    private Object remote() {
        return connection.remoteAddress() == null ? "the server" : connection.remoteAddress();
    }
}
