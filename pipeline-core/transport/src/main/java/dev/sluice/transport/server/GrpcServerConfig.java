package dev.sluice.transport.server;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.tls.ServerTlsConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gRPC server, as the Collector's {@code configgrpc} has it. */
public record GrpcServerConfig(
        @Doc("Address to listen on: `host:port`, or the path of a unix socket.")
        String endpoint,

        @Doc("`tcp`, `tcp4`, `tcp6` or `unix`.") String transport,
        @Doc("Accepted for compatibility.") Dialer dialer,

        @Doc("Encryption; none unless the block is there.") @Nullable
        ServerTlsConfig tls,

        @Doc("Most MiB of a message, as it comes and decompressed; 0 is 4 MiB.")
        int maxRecvMsgSizeMib,

        @Doc("Most calls at a time on one connection; 0 is 100.")
        int maxConcurrentStreams,

        @Doc("Accepted for compatibility; reads grow with what comes.")
        int readBufferSize,

        @Doc("Accepted for compatibility; answers are written in one flush.")
        int writeBufferSize,

        @Doc("Pings, and how long connections may last.") @Nullable
        GrpcServerKeepalive keepalive,

        @Doc("Not supported, and refused where set.") @Nullable
        ServerAuth auth,

        @Doc("Keep the headers of calls as metadata of what they bring, but for those with secrets.")
        boolean includeMetadata,

        @Doc("Not supported, and refused where set.") List<Middleware> middlewares,

        @Doc(value = "Most connections on one event loop; more are closed at once. 0 for no bound.", sluiceOnly = true)
        int maxConnections)
        implements Config {
    public static final GrpcServerConfig DEFAULT = new GrpcServerConfig(
            "", "tcp", Dialer.DEFAULT, null, 0, 0, 0, 0, GrpcServerKeepalive.DEFAULT, null, false, List.of(), 0);

    private static final int STANDARD_MESSAGE = 4 << 20;

    /** One message lies in one array. */
    private static final long LARGEST_MESSAGE = Integer.MAX_VALUE - 64;

    /** The defaults with an endpoint and a {@code read_buffer_size}. */
    public static GrpcServerConfig at(String endpoint, int readBufferSize) {
        return new GrpcServerConfig(
                endpoint,
                "tcp",
                Dialer.DEFAULT,
                null,
                0,
                0,
                readBufferSize,
                0,
                GrpcServerKeepalive.DEFAULT,
                null,
                false,
                List.of(),
                0);
    }

    /** The limit in force, in bytes. */
    int maxMessage() {
        return maxRecvMsgSizeMib > 0
                ? (int) Math.min((long) maxRecvMsgSizeMib << 20, LARGEST_MESSAGE)
                : STANDARD_MESSAGE;
    }

    ServerAddress address() {
        return new ServerAddress(endpoint, transport);
    }

    @Override
    public void validate(Problems problems) {
        address().validate(problems);
        if (maxRecvMsgSizeMib < 0) {
            problems.at(
                    "max_recv_msg_size_mib",
                    "invalid max_recv_msg_size_mib value, must be between 1 and " + (Long.MAX_VALUE >> 20) + ": "
                            + maxRecvMsgSizeMib);
        }
        if (readBufferSize < 0) {
            problems.at("read_buffer_size", "invalid read_buffer_size value: " + readBufferSize);
        }
        if (writeBufferSize < 0) {
            problems.at("write_buffer_size", "invalid write_buffer_size value: " + writeBufferSize);
        }
        if (maxConcurrentStreams < 0) {
            problems.at(
                    "max_concurrent_streams",
                    "`max_concurrent_streams` must be non-negative, found " + maxConcurrentStreams);
        }
        if (auth != null) {
            problems.at("auth", ServerAuth.UNSUPPORTED);
        }
        if (!middlewares.isEmpty()) {
            problems.at("middlewares", Middleware.UNSUPPORTED);
        }
        if (maxConnections < 0) {
            problems.at("max_connections", "`max_connections` must be non-negative, found " + maxConnections);
        }
    }
}
