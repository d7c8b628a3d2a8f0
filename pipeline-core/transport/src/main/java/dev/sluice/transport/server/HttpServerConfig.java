package dev.sluice.transport.server;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.tls.ServerTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server, as the Collector's {@code confighttp} has it. Whose default is another endpoint or other time limits makes it with
 * {@link #at} and {@link #timeouts}.
 */
public record HttpServerConfig(
        @Doc("Address to listen on: `host:port`, or the path of a unix socket.")
        String endpoint,

        @Doc("`tcp`, `tcp4`, `tcp6` or `unix`.") String transport,
        @Doc("Accepted for compatibility.") Dialer dialer,

        @Doc("Encryption; none unless the block is there.") @Nullable
        ServerTlsConfig tls,

        @Doc("Let browsers send from pages of other origins; they may not unless the block is there.") @Nullable
        CorsConfig cors,

        @Doc("Not supported, and refused where set.") @Nullable
        ServerAuth auth,

        @Doc("Most bytes of a body, as it comes and decompressed; 0 is 20 MiB.")
        long maxRequestBodySize,

        @Doc("Keep the headers of requests as metadata of what they bring, but for those with secrets.")
        boolean includeMetadata,

        @Doc("Headers of every answer.") Map<String, Secret> responseHeaders,

        @Doc("Content encodings that are accepted; the empty one is none.")
        List<String> compressionAlgorithms,

        @Doc("Time limit for reading a request; 0 for none but those below.")
        Duration readTimeout,

        @Doc("Time limit for the headers of a request. It is never more than 10s.")
        Duration readHeaderTimeout,

        @Doc("Time limit from the headers of a request to the end of its answer; 0 for none.")
        Duration writeTimeout,

        @Doc("Close a connection that had no request for this long; 0 keeps it.")
        Duration idleTimeout,

        @Doc("Not supported, and refused where set.") List<Middleware> middlewares,

        @Doc("Keep connections open for the next request.") boolean keepAlivesEnabled,

        @Doc(value = "Most connections on one event loop; more are closed at once. 0 for no bound.", sluiceOnly = true)
        int maxConnections)
        implements Config {
    public static final HttpServerConfig DEFAULT = new HttpServerConfig(
            "",
            "tcp",
            Dialer.DEFAULT,
            null,
            null,
            null,
            0,
            false,
            Map.of(),
            List.of("", "gzip", "zstd", "zlib", "snappy", "deflate", "lz4", "x-snappy-framed"),
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            List.of(),
            true,
            0);

    private static final long STANDARD_BODY = 20L << 20;

    /** One body lies in one array. */
    private static final long LARGEST_BODY = Integer.MAX_VALUE - 64;

    public HttpServerConfig {
        responseHeaders = Map.copyOf(responseHeaders);
    }

    /** The defaults with an endpoint. */
    public static HttpServerConfig at(String endpoint) {
        return DEFAULT.withEndpoint(endpoint);
    }

    /** The same on another address. */
    public HttpServerConfig withEndpoint(String other) {
        return with(other, readHeaderTimeout, writeTimeout, idleTimeout, keepAlivesEnabled);
    }

    /** The same with other values of {@code read_header_timeout}, {@code write_timeout} and {@code idle_timeout}. */
    public HttpServerConfig timeouts(Duration readHeader, Duration write, Duration idle) {
        return with(endpoint, readHeader, write, idle, keepAlivesEnabled);
    }

    /** The same with another value of {@code keep_alives_enabled}. */
    public HttpServerConfig keepAlives(boolean enabled) {
        return with(endpoint, readHeaderTimeout, writeTimeout, idleTimeout, enabled);
    }

    private HttpServerConfig with(
            String address, Duration readHeader, Duration write, Duration idle, boolean keepAlives) {
        return new HttpServerConfig(
                address,
                transport,
                dialer,
                tls,
                cors,
                auth,
                maxRequestBodySize,
                includeMetadata,
                responseHeaders,
                compressionAlgorithms,
                readTimeout,
                readHeader,
                write,
                idle,
                middlewares,
                keepAlives,
                maxConnections);
    }

    /** The limit of a body in force, in bytes. */
    public int maxBody() {
        return (int) Math.min(maxRequestBodySize > 0 ? maxRequestBodySize : STANDARD_BODY, LARGEST_BODY);
    }

    ServerAddress address() {
        return new ServerAddress(endpoint, transport);
    }

    @Override
    public void validate(Problems problems) {
        address().validate(problems);
        if (auth != null) {
            problems.at("auth", ServerAuth.UNSUPPORTED);
        }
        if (!middlewares.isEmpty()) {
            problems.at("middlewares", Middleware.UNSUPPORTED);
        }
        for (String algorithm : compressionAlgorithms) {
            if (algorithm.equals("none") || Compression.named(algorithm) == null) {
                problems.at("compression_algorithms", "unsupported compression type \"" + algorithm + "\"");
            }
        }
        responseHeaders.forEach((name, value) -> {
            if (!HeaderText.isName(name) || !HeaderText.isValue(value.reveal())) {
                problems.at("response_headers", "invalid header \"" + name + "\"");
            }
        });
        if (maxConnections < 0) {
            problems.at("max_connections", "`max_connections` must be non-negative, found " + maxConnections);
        }
    }
}
