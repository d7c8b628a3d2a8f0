package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
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
        return putOrPost(dashboard.uid(), body)
                .compose(reply -> conflict(reply) ? putOrPost(dashboard.uid(), body) : Future.succeededFuture(reply))
                .map(reply -> HttpOutcome.of("sending a dashboard to Grafana", reply));
    }

    /** By PUT, and by POST where Grafana knows of none. */
    private Future<HttpReply> putOrPost(String uid, JsonObject body) {
        return api.send(HttpMethod.PUT, path + "/" + uid, body)
                .compose(reply -> GrafanaApi.missing(reply)
                        ? api.send(HttpMethod.POST, path, body)
                        : Future.succeededFuture(reply));
    }

    /** Somebody else has changed or made it at the same time. */
    private static boolean conflict(HttpReply reply) {
        return reply instanceof HttpReply.Answer answer && answer.status() == 409;
    }
}
