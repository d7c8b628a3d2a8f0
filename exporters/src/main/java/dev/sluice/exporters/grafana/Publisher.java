package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Brings data sources and dashboards to Grafana, or dashboards to files, one at a time, whatever becomes of the telemetry: what is refused for now is
 * tried again, what is refused for good is logged.
 */
final class Publisher {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final GrafanaExporterConfig config;
    private final @Nullable GrafanaApi api;
    private final ComponentContext context;
    private final Deque<Dashboard> waiting = new ArrayDeque<>();
    private @Nullable DashboardApi dashboards;
    private @Nullable Timer ticks;
    private boolean begun;
    private boolean busy;
    private long notBefore;

    /** @param api null where there are only files */
    Publisher(GrafanaExporterConfig config, @Nullable GrafanaApi api, ComponentContext context) {
        this.config = config;
        this.api = api;
        this.context = context;
    }

    void start() {
        notBefore = context.clock().nanoTime();
        ticks = context.every(TICK, this::tick);
    }

    void stop() {
        if (ticks != null) {
            ticks.cancel();
        }
    }

    void add(Dashboard dashboard) {
        waiting.add(dashboard);
    }

    /** The pipelines are known when the service is ready. */
    private void tick() {
        if (busy || context.clock().nanoTime() < notBefore || !context.service().ready()) {
            return;
        }
        if (!begun) {
            begun = true;
            for (ServiceInfo.Pipeline pipeline : context.service().pipelines()) {
                add(PipelineDashboard.of(
                        pipeline, config.datasources().prometheus().uid()));
            }
        }
        busy = true;
        next().onComplete(done -> {
            busy = false;
            if (done.failed()) {
                later(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private void later(String why) {
        notBefore = context.clock().nanoTime() + WAIT.toNanos();
        context.log().warn("{}; trying again in {} s", why, WAIT.toSeconds());
    }

    /** All that waits, until one is refused for now. */
    private Future<Void> next() {
        Dashboard dashboard = waiting.peek();
        if (dashboard == null) {
            return Future.succeededFuture();
        }
        return put(dashboard).compose(outcome -> switch (outcome) {
            case Outcome.Refused refused when refused.reason().retryable() -> Future.failedFuture(refused.message());
            case Outcome.Refused refused -> {
                context.log().warn("{}: the dashboard {} is not there", refused.message(), dashboard.uid());
                waiting.remove();
                yield next();
            }
            case Outcome.Accepted _ -> {
                waiting.remove();
                yield next();
            }
        });
    }

    private Future<Outcome> put(Dashboard dashboard) {
        if (api == null || !config.dashboards().directory().isEmpty()) {
            return write(dashboard);
        }
        DashboardApi known = dashboards;
        return known != null ? known.put(dashboard) : prepare(api).compose(prepared -> prepared.put(dashboard));
    }

    /** Makes the data sources and finds out which routes there are, once. */
    private Future<DashboardApi> prepare(GrafanaApi grafana) {
        Future<?> made = Future.succeededFuture();
        for (JsonObject source : DataSources.of(config.datasources())) {
            made = made.compose(done -> source(grafana, source));
        }
        return made.compose(done -> DashboardApi.of(grafana, config)).onSuccess(found -> dashboards = found);
    }

    private static Future<?> source(GrafanaApi grafana, JsonObject source) {
        return grafana.putOrPost(
                        "making a data source in Grafana",
                        "/api/datasources/uid/" + source.getString("uid"),
                        "/api/datasources",
                        source)
                .compose(outcome -> outcome instanceof Outcome.Refused refused
                        ? Future.failedFuture(refused.message())
                        : Future.succeededFuture());
    }

    /** By a name of its own first: Grafana reads the folder whenever it likes. */
    private Future<Outcome> write(Dashboard dashboard) {
        Path directory = Path.of(config.dashboards().directory());
        return context.blocking(() -> {
            Files.createDirectories(directory);
            Path whole = directory.resolve(dashboard.file());
            Path part = Files.writeString(directory.resolve("." + dashboard.uid() + ".part"), dashboard.json());
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return Outcome.ACCEPTED;
        });
    }
}
