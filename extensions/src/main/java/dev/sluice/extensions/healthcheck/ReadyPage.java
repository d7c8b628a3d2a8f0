package dev.sluice.extensions.healthcheck;

import dev.sluice.api.ComponentContext;
import dev.sluice.extensions.healthcheck.HealthCheckConfig.ResponseBody;
import dev.sluice.gotext.GoDuration;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** The first version's answer: 200 while the service is ready, 503 while it is not. */
final class ReadyPage implements Probe {
    /** What Go's zero time looks like. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final HealthCheckConfig config;
    private final ComponentContext context;

    ReadyPage(HealthCheckConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public String path() {
        return config.path();
    }

    @Override
    public Answer answer(String query) {
        boolean ready = context.service().ready();
        int status = ready ? 200 : 503;
        ResponseBody body = config.responseBody();
        if (body != null) {
            return new Answer(status, "text/plain; charset=utf-8", ready ? body.healthy() : body.unhealthy());
        }
        JsonObject json = new JsonObject().put("status", ready ? "Server available" : "Server not available");
        if (ready) {
            Instant since = context.service().started();
            Duration uptime = Duration.between(
                    since, Instant.ofEpochSecond(0, context.clock().epochNanos()));
            json.put("upSince", since.toString()).put("uptime", GoDuration.string(uptime));
        } else {
            json.put("upSince", NEVER).put("uptime", "");
        }
        return Answer.json(status, json.encode());
    }
}
