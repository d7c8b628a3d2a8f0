package dev.sluice.exporters.grafana;

import static dev.sluice.exporters.grafana.DashboardsTest.dashboard;
import static dev.sluice.exporters.grafana.DashboardsTest.models;
import static dev.sluice.exporters.grafana.DashboardsTest.serving;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.api.config.Secret;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.exporters.ServedExporter.Got;
import dev.sluice.exporters.prometheus.Requests;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Method, path, body and authorization as Grafana's HTTP API documents them, and what becomes of each refusal. */
class PublisherTest {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String HEALTH = "GET /api/health";
    private static final String OLD = "POST /api/dashboards/db";
    private static final String SOURCE = "/api/datasources/uid/l1";
    private static final String V1 = "/apis/dashboard.grafana.app/v1/namespaces/default/dashboards";

    @Test
    void eachPipelineGetsADashboardByTheLegacyRoute() {
        try (ServedExporter exporter = serving("dashboards::folder_uid", "f1", "token", new Secret("glsa_1"))) {
            exporter.server(0).answering(HEALTH, 200, "{\"version\": \"11.6.0\"}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(2);
            assertThat(taken).extracting(PublisherTest::line).containsExactly(HEALTH, OLD);
            assertThat(taken).allSatisfy(PublisherTest::isAuthorized);
            Got post = taken.getLast();
            assertThat(post.headers().get("content-type")).isEqualTo("application/json");
            assertThat(new JsonObject(post.body()))
                    .isEqualTo(new JsonObject()
                            .put("dashboard", dashboard().model())
                            .put("folderUid", "f1")
                            .put("message", "made by Sluice")
                            .put("overwrite", true));
        }
    }

    @Test
    void grafana12GetsAResourceThatIsMadeWhereThereIsNone() {
        try (ServedExporter exporter =
                serving("dashboards::folder_uid", "f1", "org_id", 2, "token", new Secret("glsa_1"))) {
            exporter.server(0).answering(HEALTH, 200, "{\"version\": \"12.1.0\"}");
            String path = "/apis/dashboard.grafana.app/v1beta1/namespaces/org-2/dashboards";
            String uid = dashboard().uid();
            exporter.server(0).answering("PUT " + path + "/" + uid, 404, "{}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(3);
            assertThat(taken)
                    .extracting(PublisherTest::line)
                    .containsExactly(HEALTH, "PUT " + path + "/" + uid, "POST " + path);
            assertThat(taken).allSatisfy(PublisherTest::isAuthorized);
            assertThat(taken.subList(1, 3)).allSatisfy(got -> {
                assertThat(got.headers().get("content-type")).isEqualTo("application/json");
                assertThat(got.headers().get("x-grafana-org-id")).isEqualTo("2");
                assertThat(new JsonObject(got.body()))
                        .isEqualTo(new JsonObject()
                                .put(
                                        "metadata",
                                        new JsonObject()
                                                .put("name", uid)
                                                .put(
                                                        "annotations",
                                                        new JsonObject()
                                                                .put("grafana.app/folder", "f1")
                                                                .put("grafana.app/message", "made by Sluice")))
                                .put("spec", dashboard().model()));
            });
        }
    }

    @Test
    void grafana13GetsAResourceOfTheStableVersion() {
        try (ServedExporter exporter = serving()) {
            exporter.server(0).answering(HEALTH, 200, "{\"version\": \"13.0.1\"}");
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(2).getLast().path())
                    .isEqualTo(V1 + "/" + dashboard().uid());
        }
    }

    @Test
    void aGrafanaThatHidesItsVersionIsAskedOnceAndGetsDashboardsByTheOldRoute() {
        try (ServedExporter exporter = serving()) {
            exporter.server(0).answering(HEALTH, 200, "{\"database\": \"ok\"}");
            exporter.send(Requests.metrics(DashboardsTest.JVM_AND_SLO));
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(4))
                    .extracting(PublisherTest::line)
                    .containsExactly(HEALTH, OLD, OLD, OLD);
        }
    }

    @Test
    void aGrafanaThatIsDownIsAskedForItsVersionOnceItIsBack() throws Exception {
        try (ServedExporter exporter = serving();
                Warnings warnings = new Warnings(exporter)) {
            exporter.server(0).answering(HEALTH, 200, "{\"version\": \"13.0.1\"}");
            exporter.server(0).answering(List.of(503));
            exporter.after(TICK);
            assertThat(warnings.next())
                    .startsWith("asking for Grafana's version failed: 503")
                    .endsWith("; trying again in 30 s");
            exporter.after(WAIT);
            assertThat(exporter.server(0).taken(3))
                    .extracting(PublisherTest::line)
                    .containsExactly(
                            HEALTH, HEALTH, "PUT " + V1 + "/" + dashboard().uid());
        }
    }

    @Test
    void whatSomebodyElseChangesAtTheSameTimeIsSentAgain() {
        try (ServedExporter exporter = serving("dashboards::api", DashboardApi.Kind.RESOURCE)) {
            exporter.server(0).answering(List.of(404, 409, 200));
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(3)).extracting(Got::method).containsExactly("PUT", "POST", "PUT");
        }
    }

    @Test
    void dataSourcesThatAreNotThereAreMadeBeforeTheDashboardsThatNameThem() {
        try (ServedExporter exporter = servingSources("datasources::prometheus::url", "http://prometheus:9090")) {
            exporter.server(0).answering("GET /api/datasources/uid/prometheus", 404, "{}");
            exporter.server(0).answering("GET " + SOURCE, 404, "{}");
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(5);
            assertThat(taken)
                    .extracting(PublisherTest::line)
                    .containsExactly(
                            "GET /api/datasources/uid/prometheus",
                            "POST /api/datasources",
                            "GET " + SOURCE,
                            "POST /api/datasources",
                            OLD);
            assertThat(taken).allSatisfy(PublisherTest::isAuthorized);
            assertThat(taken.get(3).headers().get("content-type")).isEqualTo("application/json");
            assertThat(new JsonObject(taken.get(3).body()).getMap())
                    .isEqualTo(Map.of(
                            "name", "Loki", "type", "loki", "uid", "l1", "url", "http://loki:3100", "access", "proxy"));
        }
    }

    @Test
    void aDataSourceThatIsThereKeepsWhatPeopleHaveSet() {
        try (ServedExporter exporter = servingSources()) {
            JsonObject known = new JsonObject()
                    .put("uid", "l1")
                    .put("name", "Our logs")
                    .put("type", "loki")
                    .put("access", "proxy")
                    .put("url", "http://old:3100")
                    .put("jsonData", new JsonObject().put("maxLines", 5000));
            exporter.server(0).answering("GET " + SOURCE, 200, known.encode());
            exporter.after(TICK);
            List<Got> taken = exporter.server(0).taken(3);
            assertThat(taken).extracting(PublisherTest::line).containsExactly("GET " + SOURCE, "PUT " + SOURCE, OLD);
            assertThat(new JsonObject(taken.get(1).body()))
                    .isEqualTo(known.copy().put("url", "http://loki:3100"));
        }
    }

    @Test
    void aDataSourceThatIsAsItShouldBeIsLeftAlone() {
        try (ServedExporter exporter = servingSources()) {
            exporter.server(0)
                    .answering(
                            "GET " + SOURCE,
                            200,
                            "{\"type\": \"loki\", \"access\": \"proxy\", \"url\": \"http://loki:3100\"}");
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(2))
                    .extracting(PublisherTest::line)
                    .containsExactly("GET " + SOURCE, OLD);
        }
    }

    /** One that was provisioned cannot be changed by the API. */
    @Test
    void aDataSourceThatMayNotBeChangedHoldsUpNoDashboard() throws Exception {
        try (ServedExporter exporter = servingSources();
                Warnings warnings = new Warnings(exporter)) {
            exporter.server(0).answering("GET " + SOURCE, 200, "{\"url\": \"http://other:3100\", \"readOnly\": true}");
            exporter.server(0).answering("PUT " + SOURCE, 403, "Cannot update read-only data source");
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(3))
                    .extracting(PublisherTest::line)
                    .containsExactly("GET " + SOURCE, "PUT " + SOURCE, OLD);
            assertThat(warnings.next())
                    .isEqualTo("making a data source in Grafana failed: 403: Cannot update read-only data source: "
                            + "the data source l1 is not as it should be");
        }
    }

    @Test
    void aDashboardThatGrafanaRefusesForGoodHoldsUpNoOther() throws Exception {
        try (ServedExporter exporter = serving("dashboards::api", DashboardApi.Kind.LEGACY);
                Warnings warnings = new Warnings(exporter)) {
            exporter.server(0).answering(OLD, 404, "{\"message\": \"folder not found\"}");
            exporter.send(Requests.metrics(DashboardsTest.JVM_AND_SLO));
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(3)).extracting(Got::path).containsOnly("/api/dashboards/db");
            assertThat(warnings.next())
                    .startsWith("sending a dashboard to Grafana failed: 404: {\"message\": \"folder not found\"}: "
                            + "the dashboard sluice-jvm-api-");
        }
    }

    @Test
    void aDashboardThatGrafanaFailsAtHoldsUpNoOther() throws Exception {
        try (ServedExporter exporter = serving("dashboards::api", DashboardApi.Kind.LEGACY);
                Warnings warnings = new Warnings(exporter)) {
            exporter.send(Requests.metrics(DashboardsTest.JVM_AND_SLO));
            exporter.send(Requests.metrics(DashboardsTest.JVM_AND_SLO));
            exporter.server(0).answering(List.of(500));
            exporter.after(TICK);
            warnings.next();
            exporter.after(WAIT);
            assertThat(exporter.server(0).taken(4))
                    .extracting(got -> new JsonObject(got.body())
                            .getJsonObject("dashboard")
                            .getString("title"))
                    .containsExactly("JVM: api", "SLO: api latency", "Sluice: traces/edge", "JVM: api");
        }
    }

    @Test
    void grafanaSaysHowLongToWait() throws Exception {
        try (ServedExporter exporter = serving("dashboards::api", DashboardApi.Kind.LEGACY);
                Warnings warnings = new Warnings(exporter)) {
            exporter.server(0).retryAfter(Duration.ofMinutes(2));
            exporter.server(0).answering(List.of(429));
            exporter.after(TICK);
            assertThat(warnings.next()).isEqualTo("sending a dashboard to Grafana failed: 429; trying again in 120 s");
            exporter.server(0).taken(1);
            exporter.after(Duration.ofSeconds(119));
            assertThat(exporter.server(0).taken()).isEmpty();
            exporter.after(TICK);
            assertThat(exporter.server(0).taken(1))
                    .extracting(PublisherTest::line)
                    .containsExactly(OLD);
        }
    }

    @Test
    void whatFailsIsTriedAgainHalfAMinuteLater(@TempDir Path folder) throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("dashboards"));
        try (ServedExporter exporter = serving("dashboards::directory", inTheWay.toString());
                Warnings warnings = new Warnings(exporter)) {
            exporter.after(TICK);
            assertThat(warnings.next())
                    .isEqualTo("cannot write " + inTheWay + "/" + dashboard().file()
                            + ": not a directory; trying again in 30 s");
            Files.delete(inTheWay);
            exporter.after(Duration.ofSeconds(29));
            assertThat(inTheWay).doesNotExist();
            exporter.after(TICK);
            assertThat(models(inTheWay)).hasSize(1);
        }
    }

    private static ServedExporter servingSources(Object... options) {
        List<Object> all = new ArrayList<>(List.of("token", new Secret("glsa_1")));
        all.addAll(List.of("dashboards::api", DashboardApi.Kind.LEGACY));
        all.addAll(List.of("datasources::loki::uid", "l1", "datasources::loki::url", "http://loki:3100"));
        all.addAll(List.of(options));
        return serving(all.toArray());
    }

    private static String line(Got got) {
        return got.method() + " " + got.path();
    }

    private static void isAuthorized(Got got) {
        assertThat(got.headers().get("authorization")).isEqualTo("Bearer glsa_1");
    }

    /** What the exporter logs. */
    private static final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final Logger log;

        Warnings(ServedExporter exporter) {
            log = (Logger) exporter.context().log();
            start();
            log.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            messages.add(event.getFormattedMessage());
        }

        /** Waits for it. */
        String next() throws InterruptedException {
            return String.valueOf(messages.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            log.detachAppender(this);
        }
    }
}
