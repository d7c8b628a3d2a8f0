package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import org.jspecify.annotations.Nullable;

/** The newest routes of a Grafana that says its version, once it has answered; the old ones where it hides that. */
final class DetectedDashboards implements DashboardApi {
    private final GrafanaApi api;
    private final GrafanaExporterConfig config;
    private @Nullable DashboardApi known;

    DetectedDashboards(GrafanaApi api, GrafanaExporterConfig config) {
        this.api = api;
        this.config = config;
    }

    @Override
    public Future<Outcome> put(Dashboard dashboard) {
        DashboardApi routes = known;
        return routes != null
                ? routes.put(dashboard)
                : api.get("/api/health").compose(reply -> {
                    if (HttpOutcome.of("asking for Grafana's version", reply) instanceof Refused refused
                            && refused.reason().retryable()) {
                        return Future.succeededFuture(refused);
                    }
                    DashboardApi found = of(major(reply));
                    known = found;
                    return found.put(dashboard);
                });
    }

    private DashboardApi of(int major) {
        return major < ResourceDashboards.SINCE
                ? new LegacyDashboards(api, config.dashboards())
                : new ResourceDashboards(api, config, major);
    }

    /** 0 where it is not to be learned. */
    private static int major(HttpReply reply) {
        if (reply instanceof HttpReply.Answer answer && answer.success()) {
            try {
                String version = GrafanaApi.body(answer).toJsonObject().getString("version", "");
                return Integer.parseInt(version.split("\\.", 2)[0]);
            } catch (DecodeException | ClassCastException | NumberFormatException e) {
                return 0;
            }
        }
        return 0;
    }
}
