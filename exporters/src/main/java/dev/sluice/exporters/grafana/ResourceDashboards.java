package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code /apis/dashboard.grafana.app} of Grafana 12 and later. */
final class ResourceDashboards implements DashboardApi {
    /** The first version of Grafana that has these routes, as {@code v1beta1}. */
    static final int SINCE = 12;

    /** The first version of Grafana that has them as {@code v1}. */
    static final int STABLE = 13;

    private final GrafanaApi api;
    private final String path;
    private final String folderUid;

    /** @param major version of Grafana */
    ResourceDashboards(GrafanaApi api, GrafanaExporterConfig config, int major) {
        this.api = api;
        folderUid = config.dashboards().folderUid();
        String own = config.dashboards().namespace();
        String ofOrg = config.orgId() <= 1 ? "default" : "org-" + config.orgId();
        path = "/apis/dashboard.grafana.app/" + (major < STABLE ? "v1beta1" : "v1") + "/namespaces/"
                + (own.isEmpty() ? ofOrg : own) + "/dashboards";
    }

    @Override
    public Future<Outcome> put(Dashboard dashboard) {
        JsonObject annotations = new JsonObject().put("grafana.app/message", Dashboard.MESSAGE);
        if (!folderUid.isEmpty()) {
            annotations.put("grafana.app/folder", folderUid);
        }
        JsonObject body = new JsonObject()
                .put("metadata", new JsonObject().put("name", dashboard.uid()).put("annotations", annotations))
                .put("spec", dashboard.model());
        return api.putOrPost("sending a dashboard to Grafana", path + "/" + dashboard.uid(), path, body);
    }
}
