package dev.sluice.exporters.grafana;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The data sources that Grafana is to have, as its API and its provisioning files both say them. */
final class DataSources {
    private DataSources() {}

    /** Those whose servers are known. */
    static List<JsonObject> of(GrafanaExporterConfig.DataSources config) {
        List<JsonObject> sources = new ArrayList<>();
        add("Prometheus", "prometheus", config.prometheus(), sources);
        add("Loki", "loki", config.loki(), sources);
        return sources;
    }

    private static void add(
            String name, String type, GrafanaExporterConfig.DataSource config, List<JsonObject> sources) {
        if (!config.url().isEmpty()) {
            sources.add(new JsonObject()
                    .put("name", name)
                    .put("type", type)
                    .put("uid", config.uid())
                    .put("url", config.url())
                    .put("access", "proxy"));
        }
    }
}
