package dev.sluice.transport.server;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The block {@code keepalive} of a gRPC server. */
public record GrpcServerKeepalive(
        @Doc("What the server does.") @Nullable ServerParameters serverParameters,

        @Doc("What it allows clients to do.") @Nullable EnforcementPolicy enforcementPolicy)
        implements Config {
    public static final GrpcServerKeepalive DEFAULT =
            new GrpcServerKeepalive(ServerParameters.DEFAULT, EnforcementPolicy.DEFAULT);

    /** The block {@code server_parameters}. The values for 0 are those of grpc-go. */
    public record ServerParameters(
            @Doc("Close a connection that had no call for this long; 0 keeps it.")
            Duration maxConnectionIdle,

            @Doc("Close a connection of this age, give or take a tenth, so that clients spread anew; 0 keeps it.")
            Duration maxConnectionAge,

            @Doc("How long calls may go on after that; 0 for as long as they take.")
            Duration maxConnectionAgeGrace,

            @Doc("Ping when nothing was heard for this long; 0 is 2h, and 1s the least.")
            Duration time,

            @Doc("Close the connection when a ping has no answer for this long; 0 is 20s.")
            Duration timeout)
            implements Config {
        public static final ServerParameters DEFAULT =
                new ServerParameters(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** The block {@code enforcement_policy}. */
    public record EnforcementPolicy(
            @Doc("Clients that ping more often are cut off; 0 is 5m.")
            Duration minTime,

            @Doc("Clients may ping also while they have no call.")
            boolean permitWithoutStream)
            implements Config {
        public static final EnforcementPolicy DEFAULT = new EnforcementPolicy(Duration.ZERO, false);
    }
}
