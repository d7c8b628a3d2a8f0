package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import io.vertx.core.Future;

/** The routes by which dashboards come into Grafana, which are not the same in all its versions. */
sealed interface DashboardApi permits LegacyDashboards, ResourceDashboards, DetectedDashboards {
    /** Makes the dashboard, or replaces the one of its uid. */
    Future<Outcome> put(Dashboard dashboard);

    /** Kinds of routes. */
    enum Kind {
        AUTO,
        LEGACY,
        RESOURCE
    }

    /** As configured. */
    static DashboardApi of(GrafanaApi api, GrafanaExporterConfig config) {
        return switch (config.dashboards().api()) {
            case LEGACY -> new LegacyDashboards(api, config.dashboards());
            case RESOURCE -> new ResourceDashboards(api, config, ResourceDashboards.STABLE);
            case AUTO -> new DetectedDashboards(api, config);
        };
    }
}
