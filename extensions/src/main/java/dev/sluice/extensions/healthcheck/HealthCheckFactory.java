package dev.sluice.extensions.healthcheck;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Stability;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.GrpcHealth;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.HttpHealth;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.StatusPath;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.server.GrpcListener;
import dev.sluice.transport.server.HttpListener;
import dev.sluice.transport.server.HttpServerConfig;
import java.nio.charset.StandardCharsets;

/** Makes {@code health_check} extensions. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class HealthCheckFactory implements ExtensionFactory<HealthCheckConfig> {
    private static final String COMPONENT_STATUS = "extension.healthcheck.useComponentStatus";

    @Override
    public ComponentType type() {
        return ComponentType.of("health_check");
    }

    @Override
    public String summary() {
        return "Tells over HTTP whether the service is ready.";
    }

    @Override
    public HealthCheckConfig defaultConfig() {
        return HealthCheckConfig.DEFAULT;
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public Extension create(HealthCheckConfig config, ComponentContext context) {
        HttpHealth http = config.http();
        GrpcHealth grpc = config.grpc();
        if (http != null || grpc != null) {
            return new HealthCheckExtension(
                    http == null ? null : listener(http.server(), new StatusPage(http.status(), context), context),
                    grpc == null ? null : new GrpcListener(grpc.server(), context, CheckMethod.methods(context)));
        }
        boolean gate = context.service().featureGates().getOrDefault(COMPONENT_STATUS, false);
        Probe probe = gate
                ? new StatusPage(new StatusPath(true, config.path(), true), context)
                : new ReadyPage(config, context);
        return new HealthCheckExtension(listener(config.server(), probe, context), null);
    }

    private static HttpListener listener(HttpServerConfig server, Probe probe, ComponentContext context) {
        return new HttpListener(server, context, call -> {
            Probe.Answer answer =
                    serves(probe.path(), call.path()) ? probe.answer(call.query()) : Probe.Answer.NOT_FOUND;
            call.answer(answer.status(), answer.type(), Bytes.of(answer.body().getBytes(StandardCharsets.UTF_8)));
        });
    }

    /** As Go's {@code http.ServeMux} reads a pattern. */
    private static boolean serves(String pattern, String path) {
        return pattern.endsWith("/") ? path.startsWith(pattern) : path.equals(pattern);
    }
}
