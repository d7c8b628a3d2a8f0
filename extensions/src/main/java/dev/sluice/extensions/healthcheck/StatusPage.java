package dev.sluice.extensions.healthcheck;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.ServiceInfo.Pipeline;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.StatusPath;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second version's answer: the status of the service, or of the pipeline that {@code ?pipeline=} names, and with {@code ?verbose} that of
 * everything in it. In Sluice all have the same: while one is not started, or stops, the service is not ready.
 */
final class StatusPage implements Probe {
    private static final String EXTENSIONS = "extensions";

    private final StatusPath config;
    private final ComponentContext context;

    StatusPage(StatusPath config, ComponentContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public String path() {
        return config.enabled() ? config.path() : "";
    }

    @Override
    public Answer answer(String query) {
        Map<String, List<String>> parameters = new QueryStringDecoder(query, false).parameters();
        String scope = first(parameters, "pipeline", "");
        boolean verbose = !first(parameters, "verbose", "false").equals("false");
        ServiceInfo service = context.service();
        boolean ready = service.ready();
        JsonObject json = new JsonObject().put("start_time", service.started().toString());
        json.mergeIn(status(ready));
        JsonObject components = scope.isEmpty() ? all(ready) : of(scope, ready);
        if (components == null) {
            return new Answer(404, "", "");
        }
        if (verbose && !components.isEmpty()) {
            json.put("components", components);
        }
        return Answer.json(ready ? 200 : 503, json.encode());
    }

    private JsonObject all(boolean ready) {
        JsonObject components = new JsonObject();
        if (!context.service().extensions().isEmpty()) {
            components.put(EXTENSIONS, status(ready).put("components", extensions(ready)));
        }
        for (Pipeline pipeline : context.service().pipelines()) {
            components.put("pipeline:" + pipeline.id(), status(ready).put("components", components(pipeline, ready)));
        }
        return components;
    }

    private @Nullable JsonObject of(String scope, boolean ready) {
        if (scope.equals(EXTENSIONS)) {
            return extensions(ready);
        }
        for (Pipeline pipeline : context.service().pipelines()) {
            if (pipeline.id().toString().equals(scope)) {
                return components(pipeline, ready);
            }
        }
        return null;
    }

    private JsonObject extensions(boolean ready) {
        JsonObject components = new JsonObject();
        add(components, "extension", context.service().extensions(), ready);
        return components;
    }

    private JsonObject components(Pipeline pipeline, boolean ready) {
        JsonObject components = new JsonObject();
        add(components, "receiver", pipeline.receivers(), ready);
        add(components, "processor", pipeline.processors(), ready);
        add(components, "exporter", pipeline.exporters(), ready);
        return components;
    }

    private void add(JsonObject to, String kind, List<ComponentId> ids, boolean ready) {
        for (ComponentId id : ids) {
            to.put(kind + ":" + id, status(ready));
        }
    }

    private JsonObject status(boolean ready) {
        return new JsonObject()
                .put("healthy", true)
                .put("status", ready ? "StatusOK" : "StatusStarting")
                .put("status_time", context.service().started().toString())
                .put("attributes", new JsonObject());
    }

    private static String first(Map<String, List<String>> parameters, String name, String otherwise) {
        List<String> values = parameters.get(name);
        return values == null ? otherwise : values.getFirst();
    }
}
