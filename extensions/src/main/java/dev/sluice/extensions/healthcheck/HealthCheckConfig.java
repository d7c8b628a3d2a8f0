package dev.sluice.extensions.healthcheck;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Listens;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block of a {@code health_check} extension: what there has always been, and the second version's {@code http} and {@code grpc}. */
public record HealthCheckConfig(
        @Doc("Where to answer.") @Squash HttpServerConfig server,

        @Doc("The path that is asked for. All paths below it are the same if it ends in `/`.")
        String path,

        @Doc("Bodies to answer with instead of a status in JSON.") @Nullable
        ResponseBody responseBody,

        @Doc("Accepted, without effect, as in the Collector.") @Nullable
        CheckCollectorPipeline checkCollectorPipeline,

        @Doc("Answer as `http` and `grpc` say; so it does where one of them is there.") @Key("use_v2")
        boolean useV2,

        @Doc("Answer in the second version's form, instead of at `endpoint`.") @Nullable
        HttpHealth http,

        @Doc("Answer the method `Check` of `grpc.health.v1.Health`.") @Nullable
        GrpcHealth grpc,

        @Doc("Accepted: a component of Sluice either runs or stops the service, so that none has an error to include.")
        @Nullable
        ComponentHealth componentHealth)
        implements Config, Listens {
    private static final HttpServerConfig SERVER =
            HttpServerConfig.at("localhost:13133").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public static final HealthCheckConfig DEFAULT = new HealthCheckConfig(
            SERVER.keepAlives(false), "/", null, CheckCollectorPipeline.DEFAULT, false, null, null, null);

    @Override
    public void validate(Problems problems) {
        if (useV2 && http == null && grpc == null) {
            problems.at("use_v2", "must specify at least one protocol");
        }
        if (!useV2 && http == null && grpc == null) {
            if (server.endpoint().isEmpty()) {
                problems.at("endpoint", "http endpoint required");
            }
            checkPath("path", path, problems);
        }
    }

    @Override
    public Map<String, String> listens() {
        if (http == null && grpc == null) {
            return Map.of("endpoint", server.endpoint());
        }
        Map<String, String> listens = new LinkedHashMap<>();
        if (http != null) {
            listens.put("http::endpoint", http.server().endpoint());
        }
        if (grpc != null) {
            listens.put("grpc::endpoint", grpc.server().endpoint());
        }
        return listens;
    }

    private static void checkPath(String key, String path, Problems problems) {
        if (!path.startsWith("/")) {
            problems.at(key, "path must start with /");
        }
    }

    /** The block {@code response_body}. */
    public record ResponseBody(
            @Doc("The body while the service is ready.") String healthy,

            @Doc("The body while it is not.") String unhealthy)
            implements Config {
        public static final ResponseBody DEFAULT = new ResponseBody("", "");
    }

    /** The block {@code check_collector_pipeline}. */
    public record CheckCollectorPipeline(
            @Doc("Accepted, without effect.") boolean enabled,
            @Doc("Accepted, without effect.") String interval,
            @Doc("Accepted, without effect.") int exporterFailureThreshold)
            implements Config {
        public static final CheckCollectorPipeline DEFAULT = new CheckCollectorPipeline(false, "5m", 5);
    }

    /** The block {@code http}. */
    public record HttpHealth(
            @Doc("Where to answer.") @Squash HttpServerConfig server,

            @Doc("The page of statuses.") StatusPath status,

            @Doc(
                    "The page of the configuration. There is none: `print-config` shows the configuration, without its secrets.")
            ConfigPath config)
            implements Config {
        public static final HttpHealth DEFAULT = new HttpHealth(SERVER, StatusPath.DEFAULT, ConfigPath.DEFAULT);

        @Override
        public void validate(Problems problems) {
            if (server.endpoint().isEmpty()) {
                problems.at("endpoint", "http endpoint required");
            }
            if (status.enabled()) {
                checkPath("status::path", status.path(), problems);
            }
            if (config.enabled()) {
                checkPath("config::path", config.path(), problems);
                problems.at("config::enabled", "`config` is not supported: print-config shows the configuration");
            }
        }
    }

    /** The block {@code status}. */
    public record StatusPath(
            @Doc("Whether there is the page.") boolean enabled,
            @Doc("Its path.") String path,

            @Doc("Accepted: there are no attributes to include.")
            boolean includeAttributes)
            implements Config {
        public static final StatusPath DEFAULT = new StatusPath(true, "/status", false);
    }

    /** The block {@code config}. */
    public record ConfigPath(
            @Doc("Not supported, and refused where true.") boolean enabled,
            @Doc("Its path.") String path,
            @Doc("Accepted, without effect.") boolean includeAttributes)
            implements Config {
        public static final ConfigPath DEFAULT = new ConfigPath(false, "/config", false);
    }

    /** The block {@code grpc}. */
    public record GrpcHealth(
            @Doc("Where to answer.") @Squash GrpcServerConfig server) implements Config {
        public static final GrpcHealth DEFAULT = new GrpcHealth(GrpcServerConfig.at("localhost:13132", 0));

        @Override
        public void validate(Problems problems) {
            if (server.endpoint().isEmpty()) {
                problems.at("endpoint", "grpc endpoint required");
            }
        }
    }

    /** The block {@code component_health}. */
    public record ComponentHealth(
            @Doc("Accepted, without effect.") boolean includePermanentErrors,
            @Doc("Accepted, without effect.") boolean includeRecoverableErrors,
            @Doc("Accepted, without effect.") Duration recoveryDuration)
            implements Config {
        public static final ComponentHealth DEFAULT = new ComponentHealth(false, false, Duration.ZERO);
    }
}
