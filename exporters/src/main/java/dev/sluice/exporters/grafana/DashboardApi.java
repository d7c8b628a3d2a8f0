package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.transport.client.HttpReply;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;

/** The routes by which dashboards come into Grafana, which are not the same in all its versions. */
sealed interface DashboardApi permits LegacyDashboards, ResourceDashboards {
    /** Makes the dashboard, or replaces the one of its uid. */
    Future<Outcome> put(Dashboard dashboard);

    /** Kinds of routes. */
    enum Kind {
        AUTO,
        LEGACY,
        RESOURCE
    }

    /** As configured, or else by the version of Grafana: {@link Kind#LEGACY} where that is not to be learned. */
    static Future<DashboardApi> of(GrafanaApi api, GrafanaExporterConfig config) {
        GrafanaExporterConfig.Dashboards dashboards = config.dashboards();
        return switch (dashboards.api()) {
            case LEGACY -> Future.succeededFuture(new LegacyDashboards(api, dashboards));
            case RESOURCE -> Future.succeededFuture(new ResourceDashboards(api, config, ResourceDashboards.STABLE));
            case AUTO ->
                api.get("/api/health").map(reply -> {
                    int major = major(reply);
                    return major < ResourceDashboards.SINCE
                            ? new LegacyDashboards(api, dashboards)
                            : new ResourceDashboards(api, config, major);
                });
        };
    }

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
