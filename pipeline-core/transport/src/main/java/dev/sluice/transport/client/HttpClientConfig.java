package dev.sluice.transport.client;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An HTTP client, as the Collector's {@code confighttp} has it. */
public record HttpClientConfig(
        @Doc("Where to send to: a URL.") String endpoint,

        @Doc("Proxy for all requests: `http://`, `https://` or `socks5://`. Where empty, the environment's.")
        String proxyUrl,

        @Doc("Encryption of `https://`.") ClientTlsConfig tls,

        @Doc("Accepted for compatibility; the socket's own buffer is used.")
        int readBufferSize,

        @Doc("Accepted for compatibility; bodies are written without copying.")
        int writeBufferSize,

        @Doc("Time limit of one request; 0 for none.") Duration timeout,
        @Doc("Headers of every request.") Map<String, Secret> headers,
        @Doc("Who signs requests.") @Nullable ClientAuth auth,

        @Doc(
                "How bodies are compressed: `gzip`, `zlib`, `deflate`, `snappy`, `x-snappy-framed`, `zstd`, `lz4`, `none`.")
        String compression,

        @Doc("How hard to compress.") CompressionParams compressionParams,

        @Doc("Accepted for compatibility; there are as many idle connections as were busy at a time.")
        int maxIdleConns,

        @Doc("The same of one host.") int maxIdleConnsPerHost,

        @Doc("Most connections of one host; 0 for no bound.")
        int maxConnsPerHost,

        @Doc("Close a connection that was idle this long.") Duration idleConnTimeout,
        @Doc("A connection for each request.") boolean disableKeepAlives,

        @Doc("Ping an HTTP/2 connection that was silent this long; 0 never.") @Key("http2_read_idle_timeout")
        Duration http2ReadIdleTimeout,

        @Doc("Close it when the ping has no answer for this long; 0 is 15s.") @Key("http2_ping_timeout")
        Duration http2PingTimeout,

        @Doc("Keep cookies.") @Nullable CookiesConfig cookies,

        @Doc("Offer HTTP/2 on encrypted connections.") @Key("force_attempt_http2")
        boolean forceAttemptHttp2,

        @Doc("Not supported, and refused where set.") List<Middleware> middlewares)
        implements Config {
    public static final HttpClientConfig DEFAULT = standard(0);

    /** The default of the Collector's exporters, which have a buffer for writing; each has a time limit of its own. */
    public static final HttpClientConfig EXPORTER = standard(512 * 1024);

    public HttpClientConfig {
        headers = Map.copyOf(headers);
        middlewares = List.copyOf(middlewares);
    }

    private static HttpClientConfig standard(int writeBufferSize) {
        return new HttpClientConfig(
                "",
                "",
                ClientTlsConfig.DEFAULT,
                0,
                writeBufferSize,
                Duration.ZERO,
                Map.of(),
                null,
                "",
                CompressionParams.DEFAULT,
                100,
                0,
                0,
                Duration.ofSeconds(90),
                false,
                Duration.ZERO,
                Duration.ZERO,
                null,
                true,
                List.of());
    }

    /** The same with bodies compressed in one way, whatever it says itself. */
    public HttpClientConfig compressedBy(Compression fixed) {
        return copy(endpoint, tls, timeout, fixed.key(), headers);
    }

    /** The same to another address. */
    public HttpClientConfig at(String url) {
        return copy(url, tls, timeout, compression, headers);
    }

    /** The same with another time limit of a request. */
    public HttpClientConfig within(Duration limit) {
        return copy(endpoint, tls, limit, compression, headers);
    }

    /** The same with other encryption. */
    public HttpClientConfig encryptedBy(ClientTlsConfig other) {
        return copy(endpoint, other, timeout, compression, headers);
    }

    /** The same without the headers of these names, which are in lower case. */
    public HttpClientConfig withoutHeaders(Set<String> names) {
        Map<String, Secret> rest = new HashMap<>(headers);
        rest.keySet().removeIf(name -> names.contains(name.toLowerCase(Locale.ROOT)));
        return copy(endpoint, tls, timeout, compression, rest);
    }

    private HttpClientConfig copy(
            String url,
            ClientTlsConfig encryption,
            Duration limit,
            String compressedAs,
            Map<String, Secret> otherHeaders) {
        return new HttpClientConfig(
                url,
                proxyUrl,
                encryption,
                readBufferSize,
                writeBufferSize,
                limit,
                otherHeaders,
                auth,
                compressedAs,
                compressionParams,
                maxIdleConns,
                maxIdleConnsPerHost,
                maxConnsPerHost,
                idleConnTimeout,
                disableKeepAlives,
                http2ReadIdleTimeout,
                http2PingTimeout,
                cookies,
                forceAttemptHttp2,
                middlewares);
    }

    /** The compression in force. The configuration is valid. */
    public Compression compressor() {
        Compression found = Compression.named(compression);
        return found == null ? Compression.NONE : found;
    }

    @Override
    public void validate(Problems problems) {
        if (!middlewares.isEmpty()) {
            problems.at("middlewares", Middleware.UNSUPPORTED);
        }
        Compression found = Compression.named(compression);
        if (found == null) {
            problems.at("compression", "unsupported compression type \"" + compression + "\"");
        } else if (!found.allows(compressionParams.level())) {
            problems.at(
                    "compression_params::level",
                    "unsupported parameters {Level:" + compressionParams.level() + "} for compression type \""
                            + compression + "\"");
        }
        String wrong = ProxySettings.problem(proxyUrl);
        if (wrong != null) {
            problems.at("proxy_url", wrong);
        }
        if (timeout.isNegative()) {
            problems.at("timeout", "'timeout' must be non-negative");
        }
    }

    /** The block {@code compression_params}. */
    public record CompressionParams(
            @Doc(
                    "Level: gzip, zlib and deflate -2 to 9, zstd 1 to 22; 0 for the default, which is 1 for gzip, zlib and deflate and 3 for zstd.")
            int level)
            implements Config {
        public static final CompressionParams DEFAULT = new CompressionParams(Compression.DEFAULT_LEVEL);
    }

    /** The block {@code cookies}. */
    public record CookiesConfig(
            @Doc("Send back the cookies that the server sets, for as long as the process runs.")
            boolean enabled) implements Config {
        public static final CookiesConfig DEFAULT = new CookiesConfig(false);
    }
}
