package dev.sluice.exporters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.api.Provisioner.Subjects;
import dev.sluice.api.ServiceInfo.Pipeline;
import dev.sluice.exporters.ServedExporter;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {
    private static final Objective OBJECTIVE = SlothInfo.objective(Map.of(
            "sloth_id", "api-latency", "sloth_service", "api", "sloth_slo", "latency", "sluice_burn_rates", "")::get);
    private static final Duration TICK = Duration.ofSeconds(1);
    static final String JVM_AND_SLO = """
            metrics { name: "jvm.thread.count" gauge { data_points { as_int: 1 } } }
            metrics { name: "sloth_slo_info" gauge { data_points { as_int: 1
              attributes { key: "sloth_id" value { string_value: "api-latency" } }
              attributes { key: "sloth_service" value { string_value: "api" } }
              attributes { key: "sloth_slo" value { string_value: "latency" } } } } }
            """;

    @Test
    void servicesOnAJvmAndObjectivesAreWrittenToFilesOnceEach(@TempDir Path folder) throws Exception {
        try (ServedExporter exporter = serving(
                "endpoint",
                "",
                "dashboards::directory",
                folder.toString(),
                "datasources::prometheus::uid",
                "p1",
                "datasources::loki::uid",
                "l1")) {
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
    void filesForProvisioningNameOrganizationAndFolder() {
        Map<String, String> files = provisioned(
                "/srv/$HOME",
                "org_id",
                7,
                "dashboards::folder_uid",
                "f1",
                "datasources::prometheus::url",
                "http://p:9090/$x");
        assertThat(files.get("provisioning/dashboards/sluice.yaml")).endsWith("""
                            orgId: 7
                            folderUid: "f1"
                            options:
                              path: "/srv/$$HOME/dashboards"
                        """);
        assertThat(files.get("provisioning/datasources/sluice.yaml")).endsWith("""
                            url: "http://p:9090/$$x"
                            access: "proxy"
                            orgId: 7
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

    /** Which is which the job does not say: both parts may have slashes. */
    @Test
    void logsAreThoseOfTheJobOrOfWhatIsBehindItsNamespace() {
        GrafanaExporterConfig config = Configs.with(GrafanaExporterConfig.DEFAULT, "datasources::loki::uid", "l1");
        JsonArray panels = JvmDashboard.of("shop/team.a/api/", config.datasources())
                .model()
                .getJsonArray("panels");
        assertThat(panels.getJsonObject(panels.size() - 1)
                        .getJsonArray("targets")
                        .getJsonObject(0)
                        .getString("expr"))
                .isEqualTo("{service_name=~\"shop/team\\\\.a/api/|team\\\\.a/api/|api/\"}");
    }

    @Test
    void namesThatAreNearlyAlikeHaveUidsOfTheirOwn() {
        assertThat(new Dashboard("jvm", "a-service-of-ours-Aa", "").uid())
                .isNotEqualTo(new Dashboard("jvm", "a-service-of-ours-BB", "").uid());
    }

    @Test
    void aNameThatIsTooLongForGrafanaMakesAShorterTitle() {
        JsonObject model = JvmDashboard.of("a".repeat(1000), GrafanaExporterConfig.DEFAULT.datasources())
                .model();
        assertThat(model.getString("title")).isEqualTo("JVM: " + "a".repeat(184));
        assertThat(model.getString("uid")).hasSizeLessThanOrEqualTo(40);
    }

    private static Map<String, String> provisioned(String folder, Object... options) {
        GrafanaExporterConfig config = Configs.with(GrafanaExporterConfig.DEFAULT, options);
        Subjects subjects = new Subjects(List.of(pipeline()), List.of("api"), List.of(OBJECTIVE));
        return new GrafanaExporterFactory().files(config, subjects, folder);
    }

    /** What Grafana's JSON model requires of a dashboard. */
    private static void isModel(JsonObject model) {
        assertThat(model.fieldNames())
                .containsExactlyInAnyOrder(
                        "uid",
                        "title",
                        "tags",
                        "schemaVersion",
                        "editable",
                        "refresh",
                        "time",
                        "annotations",
                        "panels");
        assertThat(model.getString("uid")).hasSizeLessThanOrEqualTo(40).matches("[A-Za-z0-9_-]+");
        assertThat(model.getString("title")).isNotBlank();
        assertThat(model.getInteger("schemaVersion")).isEqualTo(41);
        JsonArray panels = model.getJsonArray("panels");
        assertThat(panels).isNotEmpty();
        Set<JsonObject> places = new HashSet<>();
        for (int i = 0; i < panels.size(); i++) {
            JsonObject panel = panels.getJsonObject(i);
            assertThat(panel.getInteger("id")).isEqualTo(i + 1);
            assertThat(places.add(panel.getJsonObject("gridPos"))).isTrue();
            assertThat(panel.getJsonObject("gridPos").getInteger("x")).isIn(0, 8, 16);
            isPanel(panel);
        }
    }

    private static void isPanel(JsonObject panel) {
        JsonObject source = panel.getJsonObject("datasource");
        boolean logs = panel.getString("type").equals("logs");
        assertThat(panel.getString("type")).isIn("timeseries", "stat", "state-timeline", "logs");
        assertThat(panel.getString("title")).isNotBlank();
        assertThat(source.getMap())
                .isEqualTo(logs ? Map.of("type", "loki", "uid", "l1") : Map.of("type", "prometheus", "uid", "p1"));
        assertThat(panel.getJsonObject("fieldConfig").getJsonObject("defaults").getString("unit"))
                .isIn("short", "s", "bytes", "percentunit");
        JsonArray targets = panel.getJsonArray("targets");
        Set<String> references = new HashSet<>();
        assertThat(targets).isNotEmpty().allSatisfy(each -> {
            JsonObject target = (JsonObject) each;
            assertThat(references.add(target.getString("refId"))).isTrue();
            assertThat(target.getString("expr")).isNotBlank();
            assertThat(target.getJsonObject("datasource")).isEqualTo(source);
        });
    }

    static List<JsonObject> models(Path folder) throws Exception {
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

    static Dashboard dashboard() {
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
    static ServedExporter serving(Object... options) {
        ServedExporter exporter = GrafanaExporterTest.exporter(options);
        exporter.context()
                .service(new TestServiceInfo(
                        "sluice", "0.1.0", Instant.EPOCH, true, List.of(pipeline()), List.of(), Map.of()));
        return exporter;
    }
}
