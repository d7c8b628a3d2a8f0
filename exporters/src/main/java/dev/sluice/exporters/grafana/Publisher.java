package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings data sources and dashboards to Grafana, or dashboards to files, one at a time, whatever becomes of the telemetry: what is refused for now is
 * tried again, what is refused for good is logged.
 */
final class Publisher {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final GrafanaExporterConfig config;
    private final ComponentContext context;
    private final Function<Dashboard, Future<Outcome>> dashboards;
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private @Nullable Timer ticks;
    private boolean begun;
    private boolean busy;
    private long notBefore;

    /** @param what it is, for messages */
    private record Parcel(String what, Supplier<Future<Outcome>> bring) {}

    /** @param api null where there are only files */
    Publisher(GrafanaExporterConfig config, @Nullable GrafanaApi api, ComponentContext context) {
        this.config = config;
        this.context = context;
        String directory = config.dashboards().directory();
        if (api == null || !directory.isEmpty()) {
            dashboards = new DashboardFiles(directory, context)::put;
            return;
        }
        dashboards = DashboardApi.of(api, config)::put;
        DataSourceApi sources = new DataSourceApi(api);
        for (JsonObject source : DataSources.of(config.datasources())) {
            waiting.add(new Parcel("data source " + source.getString("uid"), () -> sources.put(source)));
        }
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
        waiting.add(new Parcel("dashboard " + dashboard.uid(), () -> dashboards.apply(dashboard)));
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
        next().onComplete(done -> busy = false);
    }

    /** All that waits, until one is refused for now: that one comes last then, for it may be the only one. */
    private Future<Void> next() {
        Parcel parcel = waiting.poll();
        if (parcel == null) {
            return Future.succeededFuture();
        }
        return parcel.bring().get().compose(outcome -> {
            if (outcome instanceof Outcome.Refused refused) {
                if (refused.reason().retryable()) {
                    waiting.add(parcel);
                    later(refused);
                    return Future.succeededFuture();
                }
                context.log().warn("{}: the {} is not as it should be", refused.message(), parcel.what());
            }
            return next();
        });
    }

    private void later(Outcome.Refused refused) {
        Duration wait = refused.retryAfter().compareTo(WAIT) > 0 ? refused.retryAfter() : WAIT;
        notBefore = context.clock().nanoTime() + wait.toNanos();
        context.log().warn("{}; trying again in {} s", refused.message(), wait.toSeconds());
    }
}
