package dev.sluice.receivers.otlp;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Listens;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of the {@code otlp} receiver. */
public record OtlpReceiverConfig(
        @Doc("What to listen to: at least one of the two.") Protocols protocols) implements Config, Listens {
    public static final OtlpReceiverConfig DEFAULT = new OtlpReceiverConfig(Protocols.DEFAULT);

    @Override
    public void validate(Problems problems) {
        if (protocols.grpc() == null && protocols.http() == null) {
            problems.add("must specify at least one protocol when using the OTLP receiver");
        }
    }

    @Override
    public Map<String, String> listens() {
        Map<String, String> listens = new LinkedHashMap<>();
        if (protocols.grpc() != null) {
            listens.put("protocols::grpc::endpoint", protocols.grpc().server().endpoint());
        }
        if (protocols.http() != null) {
            listens.put("protocols::http::endpoint", protocols.http().server().endpoint());
        }
        return listens;
    }

    /** The block {@code protocols}. A protocol without a body has its defaults; one that is not there is off. */
    public record Protocols(
            @Doc("OTLP over gRPC.") @Nullable Grpc grpc,

            @Doc("OTLP over HTTP, as protobuf and as JSON.") @Nullable
            Http http)
            implements Config {
        public static final Protocols DEFAULT = new Protocols(null, null);
    }

    /** The block {@code grpc}. */
    public record Grpc(
            @Squash @Doc("The keys of every gRPC server.") GrpcServerConfig server) implements Config {
        public static final Grpc DEFAULT = new Grpc(GrpcServerConfig.at("localhost:4317", 512 * 1024));

        @Override
        public void validate(Problems problems) {
            if (server.endpoint().isBlank()) {
                problems.at("endpoint", "requires a non-empty \"endpoint\"");
            }
        }
    }

    /** The block {@code http}. */
    public record Http(
            @Squash @Doc("The keys of every HTTP server.") HttpServerConfig server,
            @Doc("Path of requests with traces.") String tracesUrlPath,
            @Doc("Path of requests with metrics.") String metricsUrlPath,
            @Doc("Path of requests with logs.") String logsUrlPath)
            implements Config {
        public static final Http DEFAULT = new Http(
                HttpServerConfig.at("localhost:4318").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                "/v1/traces",
                "/v1/metrics",
                "/v1/logs");

        @Override
        public void validate(Problems problems) {
            if (server.endpoint().isBlank()) {
                problems.at("endpoint", "requires a non-empty \"endpoint\"");
            }
            check(problems, "traces_url_path", tracesUrlPath);
            check(problems, "metrics_url_path", metricsUrlPath);
            check(problems, "logs_url_path", logsUrlPath);
        }

        /** The path that requests of the signal have, with the slash that a configuration may leave out. */
        String path(Signal signal) {
            String given = switch (signal) {
                case TRACES -> tracesUrlPath;
                case METRICS -> metricsUrlPath;
                case LOGS -> logsUrlPath;
            };
            return path(given);
        }

        /** Of a URL only the path counts. */
        private static String path(String given) {
            try {
                String path = new URI(given).getRawPath();
                String plain = path == null ? "" : path;
                return plain.startsWith("/") ? plain : "/" + plain;
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void check(Problems problems, String key, String path) {
            try {
                new URI(path);
            } catch (URISyntaxException e) {
                problems.at(
                        key,
                        "invalid HTTP URL path set for signal: parse \"" + path + "\": "
                                + e.getReason().toLowerCase(java.util.Locale.ROOT));
            }
        }
    }
}
