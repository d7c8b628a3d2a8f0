package dev.sluice.transport.client;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gRPC client, as the Collector's {@code configgrpc} has it. */
public record GrpcClientConfig(
        @Doc(
                "Where to send to: `host:port`, or with one of the schemes `http://` (plaintext), `https://`, `dns:///`, `unix://`.")
        String endpoint,

        @Doc("How bodies are compressed: `gzip`, `snappy`, `zstd`, `none`.")
        String compression,

        @Doc("Encryption; on unless `insecure`.") ClientTlsConfig tls,
        @Doc("Pings that find dead connections.") @Nullable GrpcKeepalive keepalive,

        @Doc("Accepted for compatibility; the socket's own buffer is used.")
        int readBufferSize,

        @Doc("Accepted for compatibility; a message is written in one gathering flush.")
        int writeBufferSize,

        @Doc("Wait for a connection until the time limit instead of refusing at once.")
        boolean waitForReady,

        @Doc("Headers of every request.") Map<String, Secret> headers,

        @Doc("Over the addresses of the host: `round_robin` or `pick_first`.")
        String balancerName,

        @Doc("The `:authority` of requests, where not the endpoint's.")
        String authority,

        @Doc("The `user-agent` of requests, where not Sluice's.")
        String userAgent,

        @Doc("Who signs requests.") @Nullable ClientAuth auth,

        @Doc("Not supported, and refused where set.") List<Middleware> middlewares)
        implements Config {
    public static final GrpcClientConfig DEFAULT = new GrpcClientConfig(
            "", "", ClientTlsConfig.DEFAULT, null, 0, 0, false, Map.of(), "round_robin", "", "", null, List.of());

    public GrpcClientConfig {
        headers = Map.copyOf(headers);
        middlewares = List.copyOf(middlewares);
    }

    /** The compression in force. The configuration is valid. */
    public Compression compressor() {
        Compression found = Compression.named(compression);
        return found == null ? Compression.NONE : found;
    }

    GrpcTarget target() {
        return GrpcTarget.parse(endpoint);
    }

    boolean plaintext() {
        return target().insecure() || tls.plaintext();
    }

    boolean roundRobin() {
        return balancerName.isEmpty() || balancerName.equals("round_robin");
    }

    @Override
    public void validate(Problems problems) {
        if (!middlewares.isEmpty()) {
            problems.at("middlewares", Middleware.UNSUPPORTED);
        }
        if (Compression.named(compression) == null) {
            problems.at("compression", "unsupported compression type \"" + compression + "\"");
        } else if (!compressor().grpc()) {
            // The Collector says this when it starts, and not before.
            problems.at("compression", "unsupported compression type \"" + compression + "\"");
        }
        String wrong = GrpcTarget.problem(endpoint);
        if (wrong != null) {
            problems.at("endpoint", wrong);
        }
        if (!roundRobin() && !balancerName.equals("pick_first")) {
            problems.at("balancer_name", "invalid balancer_name: " + balancerName);
        }
    }
}
