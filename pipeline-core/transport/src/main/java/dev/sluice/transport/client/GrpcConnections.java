package dev.sluice.transport.client;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsMaterial;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a channel: one for each address of the target, or one in all for {@code pick_first}. Addresses are looked up
 * whenever connections are opened, so a name that moves is followed.
 */
final class GrpcConnections {
    /** How long gRPC waits at least for a connection. */
    private static final int CONNECT_MILLIS = 20_000;

    /** When to try the addresses again that did not answer while others do. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final GrpcClientConfig config;
    private final GrpcTarget target;
    private final ComponentContext context;
    private final HttpClientAgent client;
    private final Map<SocketAddress, GrpcConnection> open = new LinkedHashMap<>();
    private @Nullable ClientSSLOptions tls;
    private @Nullable Future<GrpcConnection> opening;
    private @Nullable Timer again;
    private @Nullable Timer reload;
    private int turn;
    private boolean stopped;

    GrpcConnections(GrpcClientConfig config, ComponentContext context) {
        this.config = config;
        this.target = config.target();
        this.context = context;
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                .setConnectTimeout(CONNECT_MILLIS);
        this.client = context.vertx()
                .httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setCleanerPeriod(0))
                .build();
    }

    Future<?> start() {
        if (config.plaintext()) {
            return Future.succeededFuture();
        }
        Duration interval = config.tls().common().reloadInterval();
        if (interval.isPositive()) {
            reload = context.every(interval, this::reload);
        }
        return readTls().onSuccess(options -> tls = options);
    }

    Future<?> stop() {
        if (stopped) {
            return Future.succeededFuture();
        }
        stopped = true;
        cancel(again);
        cancel(reload);
        List<Future<?>> ends = new ArrayList<>();
        for (GrpcConnection connection : List.copyOf(open.values())) {
            ends.add(connection.leave());
        }
        open.clear();
        return ends.isEmpty() ? client.close() : Future.join(ends).eventually(client::close);
    }

    boolean stopped() {
        return stopped;
    }

    /** A connection for the next call; fails if none can be had. */
    Future<GrpcConnection> pick() {
        if (stopped) {
            return Future.failedFuture("the exporter is stopped");
        }
        if (open.isEmpty()) {
            return opening();
        }
        int chosen = config.roundRobin() ? Math.floorMod(turn++, open.size()) : 0;
        Iterator<GrpcConnection> connections = open.values().iterator();
        for (int i = 0; i < chosen; i++) {
            connections.next();
        }
        return Future.succeededFuture(connections.next());
    }

    /** One attempt at a time, shared by all who wait. */
    private Future<GrpcConnection> opening() {
        if (opening != null) {
            return opening;
        }
        Promise<GrpcConnection> first = Promise.promise();
        opening = first.future();
        addresses()
                .onComplete(
                        addresses -> {
                            if (config.roundRobin()) {
                                openAll(addresses, first);
                            } else {
                                openFirst(addresses, 0, first);
                            }
                        },
                        first::tryFail);
        // After the assignment above: the future may be complete by now.
        first.future().onComplete(done -> opening = null);
        return first.future();
    }

    private void openAll(List<SocketAddress> addresses, Promise<GrpcConnection> first) {
        List<Future<GrpcConnection>> attempts = new ArrayList<>();
        for (SocketAddress address : addresses) {
            GrpcConnection there = open.get(address);
            attempts.add(there != null ? Future.succeededFuture(there) : open(address));
        }
        for (Future<GrpcConnection> attempt : attempts) {
            attempt.onSuccess(first::tryComplete);
        }
        Future.join(attempts).onComplete(all -> {
            first.tryFail(all.cause());
            // The name has moved: what it no longer stands for takes no more calls.
            List.copyOf(open.entrySet()).stream()
                    .filter(entry -> !addresses.contains(entry.getKey()))
                    .forEach(entry -> entry.getValue().leave());
            if (all.failed() && !open.isEmpty()) {
                refreshLater();
            }
        });
    }

    private void openFirst(List<SocketAddress> addresses, int next, Promise<GrpcConnection> first) {
        open(addresses.get(next)).onComplete(first::tryComplete, cause -> {
            if (next + 1 < addresses.size()) {
                openFirst(addresses, next + 1, first);
            } else {
                first.tryFail(cause);
            }
        });
    }

    private Future<GrpcConnection> open(SocketAddress address) {
        HttpConnectOptions options = new HttpConnectOptions().setServer(address).setSsl(tls != null);
        String name = config.tls().serverNameOverride();
        options.setHost(name.isEmpty() ? hostName() : name);
        options.setPort(target.port() == 0 ? 80 : target.port());
        if (tls != null) {
            options.setSslOptions(tls);
        }
        return client.connect(options).compose(http -> {
            GrpcConnection connection = new GrpcConnection(http, () -> lost(address));
            if (!connection.http2()) {
                return connection
                        .close()
                        .compose(closed -> Future.failedFuture("the server at " + address + " does not speak HTTP/2"));
            }
            if (stopped) {
                return connection.close().compose(closed -> Future.failedFuture("the exporter is stopped"));
            }
            GrpcConnection there = open.get(address);
            if (there != null) {
                return connection.close().map(there);
            }
            if (config.keepalive() != null) {
                connection.keepAlive(config.keepalive(), context);
            }
            open.put(address, connection);
            return Future.succeededFuture(connection);
        });
    }

    private void lost(SocketAddress address) {
        open.remove(address);
        if (!stopped && config.roundRobin() && !open.isEmpty()) {
            refreshLater();
        }
    }

    /** Brings back what is missing while other connections carry on. */
    private void refreshLater() {
        if (again == null) {
            again = context.after(AGAIN, () -> {
                again = null;
                opening().onFailure(cause -> context.log().debug("No new connection", cause));
            });
        }
    }

    private Future<List<SocketAddress>> addresses() {
        if (!target.socket().isEmpty()) {
            return Future.succeededFuture(List.of(SocketAddress.domainSocketAddress(target.socket())));
        }
        if (literal(target.host())) {
            return Future.succeededFuture(List.of(SocketAddress.inetSocketAddress(target.port(), target.host())));
        }
        return context.blocking(() -> {
            List<SocketAddress> found = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(hostName())) {
                found.add(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()));
            }
            return found;
        });
    }

    private String hostName() {
        return target.host().isEmpty() ? "localhost" : target.host();
    }

    private void reload() {
        readTls()
                .onSuccess(options -> tls = options)
                .onFailure(cause -> context.log().warn("Keeping the old certificates: {}", cause.getMessage()));
    }

    private Future<ClientSSLOptions> readTls() {
        ClientTlsConfig config = this.config.tls();
        return context.blocking(() -> TlsMaterial.read(config, context.vertx()).options(config));
    }

    /** An address in digits, which needs no look-up. */
    private static boolean literal(String host) {
        if (host.isEmpty()) {
            return false;
        }
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
