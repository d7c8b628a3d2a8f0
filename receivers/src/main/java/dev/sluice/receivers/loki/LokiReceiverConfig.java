package dev.sluice.receivers.loki;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Listens;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of the {@code loki} receiver. */
public record LokiReceiverConfig(
        @Doc("What to listen to.") Protocols protocols,

        @Doc("Records have the time that the sender gave, instead of the time of their arrival.")
        boolean useIncomingTimestamp)
        implements Config, Listens {
    public static final LokiReceiverConfig DEFAULT = new LokiReceiverConfig(Protocols.DEFAULT, false);

    @Override
    public void validate(Problems problems) {
        if (protocols.http() == null && protocols.grpc() == null) {
            problems.add("must specify at least one protocol when using the Loki receiver");
        }
        if (protocols.grpc() != null) {
            problems.at("protocols::grpc", "Loki's push API over gRPC is not supported: use `http`");
        }
    }

    @Override
    public Map<String, String> listens() {
        return protocols.http() == null
                ? Map.of()
                : Map.of("protocols::http::endpoint", protocols.http().server().endpoint());
    }

    /** The block {@code protocols}. */
    public record Protocols(
            @Doc("The push API over gRPC. Not supported, and refused.") @Nullable
            Grpc grpc,

            @Doc("The push API over HTTP, as protobuf and as JSON.") @Nullable
            Http http)
            implements Config {
        public static final Protocols DEFAULT = new Protocols(null, null);
    }

    /** The block {@code grpc}. */
    public record Grpc(
            @Squash @Doc("The keys of every gRPC server.") GrpcServerConfig server) implements Config {
        public static final Grpc DEFAULT = new Grpc(GrpcServerConfig.at("localhost:3600", 0));
    }

    /** The block {@code http}. */
    public record Http(
            @Squash @Doc("The keys of every HTTP server.") HttpServerConfig server) implements Config {
        public static final Http DEFAULT =
                new Http(HttpServerConfig.at("localhost:3500").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO));

        @Override
        public void validate(Problems problems) {
            if (server.endpoint().isBlank()) {
                problems.at("endpoint", "requires a non-empty \"endpoint\"");
            }
        }
    }
}
