package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.transport.client.HttpOutcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** {@code POST /api/dashboards/db}, of all versions so far. */
final class LegacyDashboards implements DashboardApi {
    private final GrafanaApi api;
    private final GrafanaExporterConfig.Dashboards config;

    LegacyDashboards(GrafanaApi api, GrafanaExporterConfig.Dashboards config) {
        this.api = api;
        this.config = config;
    }

    @Override
    public Future<Outcome> put(Dashboard dashboard) {
        JsonObject body = new JsonObject()
                .put("dashboard", dashboard.model())
                .put("overwrite", true)
                .put("message", Dashboard.MESSAGE);
        if (!config.folderUid().isEmpty()) {
            body.put("folderUid", config.folderUid());
        }
        return api.send(HttpMethod.POST, "/api/dashboards/db", body)
                .map(reply -> HttpOutcome.of("sending a dashboard to Grafana", reply));
    }
}
