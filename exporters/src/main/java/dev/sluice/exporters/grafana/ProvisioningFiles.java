package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.Subjects;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dashboards that else are sent, and what Grafana's provisioning reads to find them and their data. */
final class ProvisioningFiles {
    private static final String DASHBOARDS = "dashboards";

    private ProvisioningFiles() {}

    /**
     * Texts by path.
     *
     * @param folder that they will be in
     */
    static Map<String, String> of(GrafanaExporterConfig.DataSources config, Subjects subjects, String folder) {
        Map<String, String> files = new LinkedHashMap<>();
        String prometheus = config.prometheus().uid();
        subjects.pipelines().forEach(pipeline -> put(PipelineDashboard.of(pipeline, prometheus), files));
        subjects.jvmServices().forEach(job -> put(JvmDashboard.of(job, config), files));
        subjects.objectives().forEach(objective -> put(SloDashboard.of(objective, prometheus), files));
        files.put("provisioning/dashboards/sluice.yaml", provider(folder + "/" + DASHBOARDS));
        List<JsonObject> sources = DataSources.of(config);
        if (!sources.isEmpty()) {
            files.put("provisioning/datasources/sluice.yaml", sources(sources));
        }
        return files;
    }

    private static void put(Dashboard dashboard, Map<String, String> files) {
        files.put(DASHBOARDS + "/" + dashboard.file(), dashboard.json());
    }

    private static String provider(String path) {
        return """
                # Made by sluice dashboards: where Grafana finds its dashboards, which it reads again when they change.
                apiVersion: 1
                providers:
                  - name: sluice
                    folder: Sluice
                    type: file
                    updateIntervalSeconds: 10
                    allowUiUpdates: true
                    options:
                      path: %s
                """.formatted(Json.encode(path));
    }

    private static String sources(List<JsonObject> sources) {
        StringBuilder text = new StringBuilder("""
                # Made by sluice dashboards: the data sources that its dashboards name.
                apiVersion: 1
                datasources:
                """);
        for (JsonObject source : sources) {
            String dash = "  - ";
            for (String key : source.fieldNames()) {
                text.append(dash)
                        .append(key)
                        .append(": ")
                        .append(Json.encode(source.getValue(key)))
                        .append('\n');
                dash = "    ";
            }
        }
        return text.toString();
    }
}
