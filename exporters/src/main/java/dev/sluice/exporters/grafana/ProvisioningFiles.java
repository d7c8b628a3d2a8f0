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
    static Map<String, String> of(GrafanaExporterConfig config, Subjects subjects, String folder) {
        Map<String, String> files = new LinkedHashMap<>();
        GrafanaExporterConfig.DataSources named = config.datasources();
        String prometheus = named.prometheus().uid();
        subjects.pipelines().forEach(pipeline -> put(PipelineDashboard.of(pipeline, prometheus), files));
        subjects.jvmServices().forEach(job -> put(JvmDashboard.of(job, named), files));
        subjects.objectives().forEach(objective -> put(SloDashboard.of(objective, prometheus), files));
        files.put("provisioning/dashboards/sluice.yaml", provider(config, folder + "/" + DASHBOARDS));
        List<JsonObject> sources = DataSources.of(named);
        if (!sources.isEmpty()) {
            files.put("provisioning/datasources/sluice.yaml", sources(sources, config.orgId()));
        }
        return files;
    }

    private static void put(Dashboard dashboard, Map<String, String> files) {
        files.put(DASHBOARDS + "/" + dashboard.file(), dashboard.json());
    }

    private static String provider(GrafanaExporterConfig config, String path) {
        StringBuilder text = new StringBuilder("""
                # Made by sluice dashboards: where Grafana finds its dashboards, which it reads again when they change.
                apiVersion: 1
                providers:
                  - name: sluice
                    folder: Sluice
                    type: file
                    updateIntervalSeconds: 10
                    allowUiUpdates: true
                """);
        if (config.orgId() > 0) {
            line("    ", "orgId", config.orgId(), text);
        }
        if (!config.dashboards().folderUid().isEmpty()) {
            line("    ", "folderUid", config.dashboards().folderUid(), text);
        }
        text.append("    options:\n");
        line("      ", "path", path, text);
        return text.toString();
    }

    private static String sources(List<JsonObject> sources, int orgId) {
        StringBuilder text = new StringBuilder("""
                # Made by sluice dashboards: the data sources that its dashboards name.
                apiVersion: 1
                datasources:
                """);
        for (JsonObject source : sources) {
            JsonObject whole = orgId > 0 ? source.copy().put("orgId", orgId) : source;
            String dash = "  - ";
            for (String key : whole.fieldNames()) {
                line(dash, key, whole.getValue(key), text);
                dash = "    ";
            }
        }
        return text.toString();
    }

    /** Grafana takes what is behind a dollar sign for a variable of its environment. */
    private static void line(String before, String key, Object value, StringBuilder text) {
        text.append(before)
                .append(key)
                .append(": ")
                .append(Json.encode(value).replace("$", "$$"))
                .append('\n');
    }
}
