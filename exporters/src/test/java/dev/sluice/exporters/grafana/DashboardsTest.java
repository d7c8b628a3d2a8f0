package dev.sluice.exporters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.api.Provisioner.Subjects;
import dev.sluice.api.ServiceInfo.Pipeline;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.exporters.ServedExporter.Got;
import dev.sluice.exporters.prometheus.Requests;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.spec.SlothInfo;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {
    private static final Objective OBJECTIVE = SlothInfo.objective(Map.of(
            "sloth_id", "api-latency", "sloth_service", "api", "sloth_slo", "latency", "sluice_burn_rates", "")::get);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final String JVM_AND_SLO = """
            metrics { name: "jvm.thread.count" gauge { data_points { as_int: 1 } } }
            metrics { name: "sloth_slo_info" gauge { data_points { as_int: 1
              attributes { key: "sloth_id" value { string_value: "api-latency" } }
              attributes { key: "sloth_service" value { string_value: "api" } }
              attributes { key: "sloth_slo" value { string_value: "latency" } } } } }
            """;

    @Test
    void eachPipelineGetsADashboardByTheLegacyRoute() {
        try (ServedExporter exporter = serving("dashboards::folder_uid", "f1")) {
            exporter.server(0).answering("GET /api/health", 200, "{\"version\": \"11.6.0\"}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(2);
            assertThat(taken).extracting(Got::method).containsExactly("GET", "POST");
            assertThat(taken).extracting(Got::path).containsExactly("/api/health", "/api/dashboards/db");
            JsonObject body = new JsonObject(taken.getLast().body());
            assertThat(body.getString("folderUid")).isEqualTo("f1");
            assertThat(body.getBoolean("overwrite")).isTrue();
            assertThat(body.getJsonObject("dashboard").getString("title")).isEqualTo("Sluice: traces/edge");
        }
    }

    @Test
    void grafana12GetsAResourceThatIsMadeWhereThereIsNone() {
        try (ServedExporter exporter = serving("dashboards::folder_uid", "f1", "org_id", 2)) {
            exporter.server(0).answering("GET /api/health", 200, "{\"version\": \"12.1.0\"}");
            String path = "/apis/dashboard.grafana.app/v1beta1/namespaces/org-2/dashboards";
            String uid = dashboard().uid();
            exporter.server(0).answering("PUT " + path + "/" + uid, 404, "{}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(3);
            assertThat(taken).extracting(Got::method).containsExactly("GET", "PUT", "POST");
            assertThat(taken).extracting(Got::path).containsExactly("/api/health", path + "/" + uid, path);
            JsonObject body = new JsonObject(taken.getLast().body());
            JsonObject metadata = body.getJsonObject("metadata");
            assertThat(metadata.getString("name")).isEqualTo(uid);
            assertThat(metadata.getJsonObject("annotations").getString("grafana.app/folder"))
                    .isEqualTo("f1");
            assertThat(body.getJsonObject("spec")).isEqualTo(dashboard().model());
        }
    }

    @Test
    void grafana13GetsAResourceOfTheStableVersion() {
        try (ServedExporter exporter = serving()) {
            exporter.server(0).answering("GET /api/health", 200, "{\"version\": \"13.0.1\"}");
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(2).getLast().path())
                    .isEqualTo("/apis/dashboard.grafana.app/v1/namespaces/default/dashboards/"
                            + dashboard().uid());
        }
    }

    @Test
    void dataSourcesAreMadeBeforeTheDashboardsThatNameThem() {
        try (ServedExporter exporter = serving(
                "dashboards::api",
                DashboardApi.Kind.LEGACY,
                "datasources::prometheus::url",
                "http://prometheus:9090",
                "datasources::loki::uid",
                "l1",
                "datasources::loki::url",
                "http://loki:3100")) {
            exporter.server(0).answering("PUT /api/datasources/uid/l1", 404, "{}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(4);
            assertThat(taken)
                    .extracting(got -> got.method() + " " + got.path())
                    .containsExactly(
                            "PUT /api/datasources/uid/prometheus",
                            "PUT /api/datasources/uid/l1",
                            "POST /api/datasources",
                            "POST /api/dashboards/db");
            assertThat(new JsonObject(taken.get(2).body()).getMap())
                    .isEqualTo(Map.of(
                            "name", "Loki", "type", "loki", "uid", "l1", "url", "http://loki:3100", "access", "proxy"));
        }
    }

    @Test
    void aDashboardThatGrafanaRefusesForGoodHoldsUpNoOther() {
        try (ServedExporter exporter = serving("dashboards::api", DashboardApi.Kind.LEGACY)) {
            exporter.server(0).answering(403);
            exporter.send(Requests.metrics(JVM_AND_SLO));
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(3)).extracting(Got::path).containsOnly("/api/dashboards/db");
        }
    }

    @Test
    void whatFailsIsTriedAgainHalfAMinuteLater(@TempDir Path folder) throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("dashboards"));
        try (ServedExporter exporter = serving("dashboards::directory", inTheWay.toString())) {
            exporter.after(TICK);
            Files.delete(inTheWay);
            exporter.after(Duration.ofSeconds(29));
            assertThat(inTheWay).doesNotExist();
            exporter.after(TICK);
            assertThat(models(inTheWay)).hasSize(1);
        }
    }

    @Test
    void servicesOnAJvmAndObjectivesAreWrittenToFilesOnceEach(@TempDir Path folder) throws Exception {
        try (ServedExporter exporter =
                serving("endpoint", "", "dashboards::directory", folder.toString(), "datasources::loki::uid", "l1")) {
            exporter.send(Requests.metrics(JVM_AND_SLO));
            exporter.send(Requests.metrics(JVM_AND_SLO));
            exporter.after(TICK);
            List<JsonObject> models = models(folder);
            assertThat(models)
                    .extracting(model -> model.getString("title"))
                    .containsExactlyInAnyOrder("Sluice: traces/edge", "JVM: api", "SLO: api latency");
            assertThat(models).allSatisfy(DashboardsTest::isModel);
        }
    }

    @Test
    void filesForProvisioningAreTheDashboardsThatElseAreSent(@TempDir Path folder) throws Exception {
        Map<String, String> files = provisioned("/srv/grafana");
        try (ServedExporter exporter = serving("endpoint", "", "dashboards::directory", folder.toString())) {
            exporter.send(Requests.metrics(JVM_AND_SLO));
            exporter.after(TICK);
            assertThat(models(folder))
                    .hasSize(3)
                    .allSatisfy(model -> assertThat(
                                    new JsonObject(files.get("dashboards/" + model.getString("uid") + ".json")))
                            .isEqualTo(model));
        }
        assertThat(files).hasSize(4);
        assertThat(files.get("provisioning/dashboards/sluice.yaml")).endsWith("path: \"/srv/grafana/dashboards\"\n");
    }

    @Test
    void dataSourcesWithAUrlAreProvisioned() {
        Map<String, String> files =
                provisioned("/", "datasources::loki::uid", "l1", "datasources::loki::url", "http://loki:3100/#\"x");
        assertThat(files.get("provisioning/datasources/sluice.yaml")).endsWith("""
                        datasources:
                          - name: "Loki"
                            type: "loki"
                            uid: "l1"
                            url: "http://loki:3100/#\\"x"
                            access: "proxy"
                        """);
    }

    @Test
    void anObjectiveShowsEachPairOfWindowsWithItsThreshold() {
        JsonArray panels = SloDashboard.of(OBJECTIVE, "prometheus").model().getJsonArray("panels");
        assertThat(IntStream.range(6, panels.size())
                        .mapToObj(panels::getJsonObject)
                        .map(panel -> panel.getString("title")))
                .containsExactly(
                        "Burn rate over 5m and 1h: page",
                        "Burn rate over 30m and 6h: page",
                        "Burn rate over 2h and 1d: ticket",
                        "Burn rate over 6h and 3d: ticket");
        JsonObject first = panels.getJsonObject(6);
        assertThat(first.getJsonArray("targets").getJsonObject(2).getString("expr"))
                .isEqualTo("round(0.02 * 24 / 1 * max(slo:time_period:days{sloth_id=\"api-latency\"}), 0.01)");
        assertThat(first.getJsonObject("fieldConfig")
                        .getJsonArray("overrides")
                        .getJsonObject(0)
                        .getJsonObject("matcher")
                        .getString("options"))
                .isEqualTo("fires above");
    }

    @Test
    void anObjectiveOfOtherWindowsShowsThese() {
        Map<String, String> labels = Map.of(
                "sloth_id",
                "a",
                "sloth_service",
                "a",
                "sloth_slo",
                "a",
                "sluice_burn_rates",
                "2m/30m 12.5% page, x/1h 2% page, 1h/1h ..% sev1, 1h/1h 9.375% sev1");
        JsonArray panels = SloDashboard.of(SlothInfo.objective(labels::get), "prometheus")
                .model()
                .getJsonArray("panels");
        assertThat(IntStream.range(6, panels.size())
                        .mapToObj(panels::getJsonObject)
                        .map(panel -> panel.getString("title")))
                .containsExactly("Burn rate over 2m and 30m: page", "Burn rate over 1h: sev1");
        JsonArray targets = panels.getJsonObject(6).getJsonArray("targets");
        assertThat(targets.getJsonObject(0).getString("expr")).startsWith("max(slo:sli_error:ratio_rate2m{");
        assertThat(targets.getJsonObject(2).getString("expr"))
                .isEqualTo("round(0.125 * 24 / 0.5 * max(slo:time_period:days{sloth_id=\"a\"}), 0.01)");
        assertThat(panels.getJsonObject(7).getJsonArray("targets")).hasSize(2);
    }

    @Test
    void namesOfComponentsCannotBreakOutOfQueries() {
        assertThat(Text.literal("a\"b.c/d")).isEqualTo("a\\\"b\\\\.c/d");
    }

    private static Map<String, String> provisioned(String folder, Object... options) {
        GrafanaExporterConfig config = Configs.with(GrafanaExporterConfig.DEFAULT, options);
        Subjects subjects = new Subjects(List.of(pipeline()), List.of("api"), List.of(OBJECTIVE));
        return new GrafanaExporterFactory().files(config, subjects, folder);
    }

    /** What Grafana's JSON model requires of a dashboard. */
    private static void isModel(JsonObject model) {
        assertThat(model.getString("uid")).hasSizeLessThanOrEqualTo(40).matches("[A-Za-z0-9_-]+");
        JsonArray panels = model.getJsonArray("panels");
        assertThat(panels).isNotEmpty();
        for (int i = 0; i < panels.size(); i++) {
            JsonObject panel = panels.getJsonObject(i);
            assertThat(panel.getInteger("id")).isEqualTo(i + 1);
            assertThat(panel.getJsonObject("gridPos").getInteger("x")).isBetween(0, 16);
            assertThat(panel.getJsonArray("targets")).isNotEmpty();
        }
    }

    private static List<JsonObject> models(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).allSatisfy(file -> assertThat(file.toString()).endsWith(".json"));
            return all.stream().map(DashboardsTest::read).toList();
        }
    }

    private static JsonObject read(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard dashboard() {
        return PipelineDashboard.of(pipeline(), "prometheus");
    }

    private static Pipeline pipeline() {
        return new Pipeline(
                new PipelineId(Signal.TRACES, "edge"),
                List.of(ComponentId.parse("otlp/in")),
                List.of(ComponentId.parse("batch")),
                List.of(ComponentId.parse("otlp_grpc")),
                List.of());
    }

    /** At work in a service with one pipeline. */
    private static ServedExporter serving(Object... options) {
        ServedExporter exporter = GrafanaExporterTest.exporter(options);
        exporter.context()
                .service(new TestServiceInfo(
                        "sluice", "0.1.0", Instant.EPOCH, true, List.of(pipeline()), List.of(), Map.of()));
        return exporter;
    }
}
