package dev.sluice.transport.client;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import java.time.Duration;

/** The block {@code keepalive} of a gRPC client. */
public record GrpcKeepalive(
        @Doc("Ping when nothing was heard for this long; at least 10s.")
        Duration time,

        @Doc("Close the connection when a ping has no answer for this long.")
        Duration timeout,

        @Doc("Ping also while no request is under way.") boolean permitWithoutStream)
        implements Config {
    public static final GrpcKeepalive DEFAULT =
            new GrpcKeepalive(Duration.ofSeconds(10), Duration.ofSeconds(10), false);

    /** What gRPC implementations allow at least; a server answers faster pings with GOAWAY. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    Duration interval() {
        return time.compareTo(LEAST) < 0 ? LEAST : time;
    }
}
