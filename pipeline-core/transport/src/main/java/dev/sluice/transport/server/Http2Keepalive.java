package dev.sluice.transport.server;

import dev.sluice.transport.server.GrpcServerKeepalive.EnforcementPolicy;
import dev.sluice.transport.server.GrpcServerKeepalive.ServerParameters;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long HTTP/2 connections last and who may ping how often, in nanoseconds, 0 for no bound. The values where nothing is
 * configured, and the rules, are those of grpc-go ({@code keepalive} and {@code http2_server}).
 */
record Http2Keepalive(
        long idle, long age, long grace, long pingAfter, long pingTimeout, long minPingInterval, boolean pingIdle) {
    /** For a client that pings while it has no call. */
    static final long IDLE_PING_INTERVAL = Duration.ofHours(2).toNanos();

    /** A client that came too early more often than this is cut off. */
    static final int MAX_STRIKES = 2;

    private static final Duration PING_AFTER = Duration.ofHours(2);
    private static final Duration LEAST_PING_AFTER = Duration.ofSeconds(1);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MIN_PING_INTERVAL = Duration.ofMinutes(5);

    static Http2Keepalive of(GrpcServerKeepalive config) {
        ServerParameters server =
                config.serverParameters() != null ? config.serverParameters() : ServerParameters.DEFAULT;
        EnforcementPolicy policy =
                config.enforcementPolicy() != null ? config.enforcementPolicy() : EnforcementPolicy.DEFAULT;
        Duration after = or(server.time(), PING_AFTER);
        return new Http2Keepalive(
                Limits.nanos(server.maxConnectionIdle()),
                Limits.nanos(server.maxConnectionAge()),
                Limits.nanos(server.maxConnectionAgeGrace()),
                (after.compareTo(LEAST_PING_AFTER) < 0 ? LEAST_PING_AFTER : after).toNanos(),
                or(server.timeout(), PING_TIMEOUT).toNanos(),
                or(policy.minTime(), MIN_PING_INTERVAL).toNanos(),
                policy.permitWithoutStream());
    }

    /** For HTTP: no pings, and the clients' pings are only bounded by number. */
    static Http2Keepalive idleFor(Duration idle) {
        return new Http2Keepalive(Limits.nanos(idle), 0, 0, 0, 0, 0, true);
    }

    /** The age of one connection: a tenth more or less, so that not all leave at the same time. */
    long jittered(SplittableRandom random) {
        return age == 0 ? 0 : (long) (age * (0.9 + 0.2 * random.nextDouble()));
    }

    private static Duration or(Duration configured, Duration otherwise) {
        return configured.isPositive() ? configured : otherwise;
    }
}
