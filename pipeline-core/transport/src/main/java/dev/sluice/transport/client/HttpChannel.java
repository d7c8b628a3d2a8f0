package dev.sluice.transport.client;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Compressor;
import dev.sluice.transport.tls.TlsMaterial;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests by one client configuration. Bodies go out without copies. Used on one loop. */
public final class HttpChannel {
    /** Of an answer no more than this is read. */
    private static final int MAX_RESPONSE = 64 * 1024;

    /** Where the configuration sets no bound. Who sends bounds it too: an exporter by its consumers. */
    private static final int MANY = 1024;

    private static final int CONNECT_MILLIS = 20_000;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(15);

    private final HttpClientConfig config;
    private final ComponentContext context;
    private final Compressor compressor;
    private final String userAgent;
    private final HttpClientAgent client;
    private final Map<String, String> cookies = new TreeMap<>();
    private @Nullable ClientAuthenticator authenticator;
    private @Nullable ClientSSLOptions tls;
    private @Nullable Timer reload;

    public HttpChannel(HttpClientConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.compressor =
                new Compressor(config.compressor(), config.compressionParams().level(), context);
        this.userAgent = UserAgent.of(context.service());
        boolean http2 = config.forceAttemptHttp2();
        HttpClientOptions options = new HttpClientOptions()
                .setUseAlpn(http2)
                .setAlpnVersions(
                        http2 ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1) : List.of(HttpVersion.HTTP_1_1))
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(!config.disableKeepAlives())
                .setKeepAliveTimeout(seconds(config.idleConnTimeout()))
                .setHttp2KeepAliveTimeout(seconds(config.idleConnTimeout()));
        int most = config.maxConnsPerHost() > 0 ? config.maxConnsPerHost() : MANY;
        this.client = context.vertx()
                .httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(most).setHttp2MaxSize(1))
                .withConnectHandler(this::connected)
                .build();
    }

    /** Reads keys and certificates and finds the authenticator; fails if they are not good. Connects to nothing. */
    public Future<?> start() {
        ClientAuth auth = config.auth();
        if (auth != null && auth.authenticator() != null) {
            authenticator = context.extension(auth.authenticator(), ClientAuthenticator.class);
        }
        Duration interval = config.tls().common().reloadInterval();
        if (interval.isPositive()) {
            reload = context.every(
                    interval,
                    () -> readTls()
                            .onFailure(cause ->
                                    context.log().warn("Keeping the old certificates: {}", cause.getMessage())));
        }
        return readTls();
    }

    public Future<?> stop() {
        if (reload != null) {
            reload.cancel();
        }
        compressor.close();
        return client.close();
    }

    /** Sends a body by POST, compressed as configured. The future never fails: what goes wrong is a reply too. */
    public Future<HttpReply> post(HttpTarget target, Map<String, String> headers, Bytes body) {
        return send(HttpMethod.POST, target, headers, body);
    }

    /** The same by another method; a request without a body has an empty one. */
    public Future<HttpReply> send(HttpMethod method, HttpTarget target, Map<String, String> headers, Bytes body) {
        HttpExchange exchange = new HttpExchange(MAX_RESPONSE, context.clock().epochNanos());
        if (config.timeout().isPositive()) {
            exchange.deadline(context.after(
                    config.timeout(), () -> exchange.cancel("context deadline exceeded: no answer in time")));
        }
        credentials()
                .compose(credentials -> compressor
                        .compress(body)
                        .compose(compressed -> client.request(
                                        options(method, target, headers, credentials, compressed.length()))
                                .onSuccess(request -> {
                                    authority(request, target);
                                    if (cookies()) {
                                        request.response().onSuccess(response -> keep(response.cookies()));
                                    }
                                    exchange.send(request, compressed);
                                })))
                .onFailure(exchange::fail);
        return exchange.future();
    }

    private Future<Map<String, String>> credentials() {
        return authenticator == null ? Future.succeededFuture(Map.of()) : authenticator.credentials();
    }

    private RequestOptions options(
            HttpMethod method,
            HttpTarget target,
            Map<String, String> headers,
            Map<String, String> credentials,
            int length) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                // Only ALPN finds out whether a server has HTTP/2; in the clear Vert.x would ask by an upgrade.
                .setProtocolVersion(target.ssl() && config.forceAttemptHttp2() ? null : HttpVersion.HTTP_1_1)
                .setServer(SocketAddress.inetSocketAddress(target.port(), target.name()))
                .setHost(serverName(target))
                .setPort(target.port())
                .setSsl(target.ssl())
                .setURI(target.path())
                .setProxyOptions(ProxySettings.of(config.proxyUrl(), target, System.getenv()))
                .putHeader("user-agent", userAgent)
                .putHeader("content-length", Integer.toString(length));
        if (target.ssl() && tls != null) {
            options.setSslOptions(tls);
        }
        if (compressor.compression() != Compression.NONE) {
            options.putHeader("content-encoding", compressor.compression().key());
        }
        if (!target.authorization().isEmpty()) {
            options.putHeader("authorization", target.authorization());
        }
        headers.forEach(options::putHeader);
        for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
            if (!header.getKey().equalsIgnoreCase("host")) {
                options.putHeader(header.getKey(), header.getValue().reveal());
            }
        }
        credentials.forEach(options::putHeader);
        if (!cookies.isEmpty()) {
            StringBuilder line = new StringBuilder();
            cookies.forEach((name, value) -> line.append(line.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            options.putHeader("cookie", line.toString());
        }
        return options;
    }

    /** The name to ask for and to check in the certificate. */
    private String serverName(HttpTarget target) {
        String override = config.tls().serverNameOverride();
        return target.ssl() && !override.isEmpty() ? override : target.name();
    }

    private void authority(HttpClientRequest request, HttpTarget target) {
        HostAndPort host = HostAndPort.authority(target.name(), target.port());
        for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("host")) {
                HostAndPort given = HostAndPort.parseAuthority(header.getValue().reveal(), -1);
                host = given == null ? host : given;
            }
        }
        request.authority(host);
    }

    private boolean cookies() {
        return config.cookies() != null && config.cookies().enabled();
    }

    private void keep(List<String> headers) {
        for (String header : headers) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie != null && cookie.maxAge() == 0) {
                cookies.remove(cookie.name());
            } else if (cookie != null) {
                cookies.put(cookie.name(), cookie.value());
            }
        }
    }

    private void connected(HttpConnection connection) {
        Duration interval = config.http2ReadIdleTimeout();
        if (connection.protocolVersion() != HttpVersion.HTTP_2 || !interval.isPositive()) {
            return;
        }
        Duration timeout = config.http2PingTimeout().isPositive() ? config.http2PingTimeout() : PING_TIMEOUT;
        Timer pings = context.every(interval, () -> {
            Timer overdue = context.after(timeout, connection::close);
            connection
                    .ping(Buffer.buffer(8).appendLong(context.clock().nanoTime()))
                    .onComplete(pong -> overdue.cancel());
        });
        connection.closeHandler(closed -> pings.cancel());
    }

    private Future<?> readTls() {
        return context.blocking(
                        () -> TlsMaterial.read(config.tls(), context.vertx()).options(config.tls()))
                .onSuccess(options -> tls = options);
    }

    /** As Vert.x has it: whole seconds, 0 for ever. */
    private static int seconds(Duration duration) {
        return duration.isPositive() ? Math.clamp(duration.toSeconds(), 1, Integer.MAX_VALUE) : 0;
    }
}
