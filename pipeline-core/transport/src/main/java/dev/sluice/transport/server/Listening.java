package dev.sluice.transport.server;

import dev.sluice.api.Admission;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.gotext.GoNetError;
import dev.sluice.transport.tls.ServerTlsConfig;
import dev.sluice.transport.tls.TlsMaterial;
import dev.sluice.transport.tls.TlsReload;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TcpServerConfig;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A socket that is listened on and the connections that came from it to this loop. */
final class Listening {
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** Connections end by the limits of their requests; this is only what Vert.x wants to know. */
    private static final Duration LONGEST_STOP = Duration.ofHours(1);

    private static final ReadSizes READ_SIZES = new ReadSizes();

    private final ServerAddress address;
    private final @Nullable ServerTlsConfig tls;
    private final int maxConnections;
    private final long idleLimit;
    private final Protocols protocols;
    private final ComponentContext context;
    private final Set<ServerConnection> connections = new LinkedHashSet<>();
    private @Nullable ContextInternal loop;
    private @Nullable NetServer server;
    private @Nullable TlsReload reload;
    private @Nullable Timer sweeper;
    private boolean stopping;
    private Future<?> stopped = Future.succeededFuture();

    /**
     * @param maxConnections 0 for no bound
     * @param idleLimit in nanoseconds, for connections that say nothing; 0 for none
     */
    Listening(
            ServerAddress address,
            @Nullable ServerTlsConfig tls,
            int maxConnections,
            long idleLimit,
            Protocols protocols,
            ComponentContext context) {
        this.address = address;
        this.tls = tls;
        this.maxConnections = maxConnections;
        this.idleLimit = idleLimit;
        this.protocols = protocols;
        this.context = context;
    }

    /** Reads keys and certificates and listens; fails if either is impossible. */
    Future<?> start() {
        loop = (ContextInternal) context.vertx().getOrCreateContext();
        ServerTlsConfig secure = tls;
        Future<@Nullable TlsMaterial> material = secure == null
                ? Future.succeededFuture(null)
                : context.blocking(() -> TlsMaterial.read(secure, context.vertx()));
        Future<?> cleared = address.unix() ? context.blocking(() -> UnixSocket.clear(address.endpoint())) : material;
        return cleared.compose(done -> material).compose(this::listen);
    }

    /** Takes no more connections and requests, waits for the answers under way, and closes. */
    Future<?> stop() {
        NetServer listening = server;
        server = null;
        stopping = true;
        if (reload != null) {
            reload.stop();
        }
        if (listening == null) {
            return stopped;
        }
        Future<?> closed = listening.shutdown(LONGEST_STOP);
        for (ServerConnection connection : List.copyOf(connections)) {
            connection.drain();
        }
        Timer sweeping = sweeper;
        stopped = closed.onComplete(done -> {
                    if (sweeping != null) {
                        sweeping.cancel();
                    }
                })
                .compose(done -> address.unix()
                        ? context.blocking(() -> UnixSocket.remove(address.endpoint()))
                        : Future.succeededFuture());
        return stopped;
    }

    /** The port listened on; -1 while there is none. */
    int port() {
        return server == null ? -1 : server.actualPort();
    }

    long now() {
        return context.clock().nanoTime();
    }

    Protocols protocols() {
        return protocols;
    }

    /** In nanoseconds, for connections that say nothing; 0 for none. */
    long idleLimit() {
        return idleLimit;
    }

    Logger log() {
        return context.log();
    }

    /** The loop's context, on which handlers run. */
    ContextInternal loop() {
        if (loop == null) {
            throw new IllegalStateException("not started");
        }
        return loop;
    }

    boolean stopping() {
        return stopping;
    }

    void replace(ServerConnection old, ServerConnection next) {
        if (connections.remove(old)) {
            connections.add(next);
            if (stopping) {
                next.drain();
            }
        }
    }

    void remove(ServerConnection connection) {
        connections.remove(connection);
    }

    /** There was no room for a request: closes the connection that holds most for requests half come, if memory is that scarce. */
    void relieve() {
        if (context.admission().level() != Admission.Level.HARD) {
            return;
        }
        ServerConnection dearest = null;
        long most = 0;
        for (ServerConnection connection : connections) {
            long bytes = connection.uploading();
            if (bytes > most) {
                most = bytes;
                dearest = connection;
            }
        }
        if (dearest != null) {
            context.log().warn("Closing a connection that holds {} bytes of unfinished requests: out of memory", most);
            dearest.close();
        }
    }

    private Future<?> listen(@Nullable TlsMaterial material) {
        TcpServerConfig options = new TcpServerConfig().setAcceptBacklog(1024).setSsl(material != null);
        ServerSSLOptions ssl = material == null || tls == null ? null : secure(material.options(tls));
        NetServer listening = context.vertx()
                .createNetServer(options, ssl)
                .connectHandler(this::connected)
                .exceptionHandler(failure -> context.log().debug("A TLS handshake failed: {}", failure.getMessage()));
        return listening
                .listen(address.socket())
                .recover(failure -> Future.failedFuture(reason(failure)))
                .compose(done -> stopping
                        ? listening.close().transform(closed -> Future.failedFuture("stopped while it started"))
                        : Future.succeededFuture())
                .onSuccess(done -> {
                    server = listening;
                    sweeper = context.every(SWEEP, this::sweep);
                    if (tls != null && material != null) {
                        reload = TlsReload.server(
                                context, tls, material, fresh -> listening.updateSSLOptions(secure(fresh)));
                    }
                    if (context.first()) {
                        tell();
                    }
                });
    }

    private void tell() {
        context.log().info("Listening for {} on {}", protocols.name(), address.endpoint());
        if (tls == null && address.wide()) {
            context.log()
                    .warn(
                            "Listening on {} without TLS: whoever reaches this machine can send to it",
                            address.endpoint());
        }
    }

    private static ServerSSLOptions secure(ServerSSLOptions options) {
        return options.setUseAlpn(true).setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    }

    /** With the address, as Go has it; the native transport only gives the number of an error and its text. */
    private Throwable reason(Throwable failure) {
        if (!(failure instanceof IOException)) {
            return failure;
        }
        return new BindException(GoNetError.listen(address.transport(), address.endpoint(), failure));
    }

    private void connected(NetSocket socket) {
        // The documented way to other protocols than Vert.x's own: take the place of the last handler of the pipeline.
        ChannelHandlerContext last = ((NetSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = last.pipeline();
        if (stopping || (maxConnections > 0 && connections.size() >= maxConnections)) {
            socket.close();
            return;
        }
        if (pipeline.get("chunkedWriter") != null) {
            pipeline.remove("chunkedWriter");
        }
        pipeline.channel().config().setRecvByteBufAllocator(READ_SIZES);
        FirstBytes first = new FirstBytes(this, false);
        connections.add(first);
        pipeline.replace(last.handler(), "first", first);
        SslHandler handshake = pipeline.get(SslHandler.class);
        if (handshake != null && "h2".equals(handshake.applicationProtocol())) {
            replace(first, protocols.http2(pipeline.context(first)));
            pipeline.remove(first);
        }
    }

    private void sweep() {
        long now = now();
        for (ServerConnection connection : List.copyOf(connections)) {
            connection.sweep(now);
        }
    }
}
