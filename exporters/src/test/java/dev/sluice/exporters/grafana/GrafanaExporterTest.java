package dev.sluice.exporters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Secret;
import dev.sluice.exporters.Alerts;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.exporters.ServedExporter.Got;
import dev.sluice.exporters.prometheus.Requests;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Method, path, body and authorization as Grafana's HTTP API documents them. */
class GrafanaExporterTest {
    private static final String FOUND = "GET /api/annotations";
    private static final long FIRED = Alerts.firing("/a").times().firedAt();

    @Test
    void anAlertThatBeginsToFireOpensAnAnnotation() {
        try (ServedExporter exporter = exporter(
                "token",
                new Secret("glsa_1"),
                "org_id",
                7,
                "annotations::dashboard_uid",
                "d1",
                "annotations::panel_id",
                3)) {
            exporter.server(0).answering(FOUND, 200, "[]");
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a")))).isEqualTo(Outcome.ACCEPTED);
            List<Got> taken = exporter.server(0).taken();
            assertThat(taken).hasSize(2).allSatisfy(got -> {
                assertThat(got.headers().get("authorization")).isEqualTo("Bearer glsa_1");
                assertThat(got.headers().get("x-grafana-org-id")).isEqualTo("7");
            });
            String fingerprint = "fingerprint:" + Alerts.firing("/a").fingerprint();
            assertThat(taken.getFirst().path())
                    .isEqualTo("/api/annotations?type=annotation&limit=1&from=%d&to=%d&tags=%s"
                            .formatted(FIRED, FIRED, fingerprint));
            assertThat(taken.getLast().method()).isEqualTo("POST");
            assertThat(taken.getLast().path()).isEqualTo("/api/annotations");
            assertThat(taken.getLast().headers().get("content-type")).isEqualTo("application/json");
            assertThat(new JsonObject(taken.getLast().body()))
                    .isEqualTo(new JsonObject()
                            .put("time", FIRED)
                            .put("text", "HighLatencyAPI: slow /a")
                            .put(
                                    "tags",
                                    new JsonArray(
                                            List.of("sluice", fingerprint, "alertname:HighLatencyAPI", "path:/a")))
                            .put("dashboardUID", "d1")
                            .put("panelId", 3));
        }
    }

    @Test
    void labelsThatGrafanaHasNoRoomForAreNoTags() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[]");
            exporter.send(Alerts.logs(Alerts.firing("/" + "a".repeat(500))));
            JsonObject body =
                    new JsonObject(exporter.server(0).taken().getLast().body());
            assertThat(body.getJsonArray("tags")).hasSize(3).contains("alertname:HighLatencyAPI");
        }
    }

    /** It counts bytes where Java counts characters, and its columns hold 100 characters. */
    @Test
    void grafanasRoomForTagsIsCountedAsGrafanaDoes() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[]");
            exporter.send(Alerts.logs(
                    Alerts.firing("/" + "a".repeat(100)),
                    Alerts.firing("/" + "a".repeat(99)),
                    Alerts.firing("/" + "\uD83D\uDE80".repeat(49))));
            List<JsonArray> tags = exporter.server(0).taken().stream()
                    .filter(got -> got.method().equals("POST"))
                    .map(got -> new JsonObject(got.body()).getJsonArray("tags"))
                    .toList();
            assertThat(tags.get(0)).hasSize(3);
            assertThat(tags.get(1)).hasSize(4).contains("path:/" + "a".repeat(99));
            assertThat(tags.get(2)).hasSize(4);
        }
        try (ServedExporter exporter = exporter("annotations::tags", List.of("t".repeat(300)))) {
            exporter.server(0).answering(FOUND, 200, "[]");
            exporter.send(Alerts.logs(Alerts.firing("/" + "\u00e9".repeat(70))));
            Got post = exporter.server(0).taken().getLast();
            assertThat(new JsonObject(post.body()).getJsonArray("tags"))
                    .containsExactly(
                            "t".repeat(300),
                            "fingerprint:"
                                    + Alerts.firing("/" + "\u00e9".repeat(70)).fingerprint(),
                            "alertname:HighLatencyAPI");
        }
    }

    @Test
    void aResolvedAlertClosesTheAnnotationThatGrafanaKnows() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[{\"id\": 42}]");
            assertThat(exporter.send(Alerts.logs(Alerts.resolved("/a")))).isEqualTo(Outcome.ACCEPTED);
            Got close = exporter.server(0).taken().getLast();
            assertThat(close.method()).isEqualTo("PATCH");
            assertThat(close.path()).isEqualTo("/api/annotations/42");
            assertThat(new JsonObject(close.body()).getMap())
                    .isEqualTo(Map.of("timeEnd", Alerts.resolved("/a").times().resolvedAt()));
        }
    }

    @Test
    void anAnnotationThatSomebodyDeletesMeanwhileIsMadeAnew() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[{\"id\": 42}]");
            exporter.server(0).answering("PATCH /api/annotations/42", 404, "{}");
            assertThat(exporter.send(Alerts.logs(Alerts.resolved("/a")))).isEqualTo(Outcome.ACCEPTED);
            List<Got> taken = exporter.server(0).taken();
            assertThat(taken).extracting(Got::method).containsExactly("GET", "PATCH", "POST");
            JsonObject body = new JsonObject(taken.getLast().body());
            assertThat(body.getLong("timeEnd"))
                    .isEqualTo(Alerts.resolved("/a").times().resolvedAt());
        }
    }

    @Test
    void oneThatGrafanaRefusesForGoodIsRejectedAndHoldsUpNoOther() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[]");
            exporter.server(0).answering(List.of(200, 400, 200, 200));
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"), Alerts.firing("/b"))))
                    .isEqualTo(new Outcome.Accepted(1, "opening an annotation in Grafana failed: 400"));
            assertThat(exporter.server(0).taken())
                    .extracting(Got::method)
                    .containsExactly("GET", "POST", "GET", "POST");
        }
    }

    @Test
    void aTokenThatIsNotGoodIsNotTriedAgain() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 401, "{\"message\": \"Invalid API key\"}");
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"))))
                    .isEqualTo(new Outcome.Accepted(
                            1, "looking for an annotation in Grafana failed: 401: {\"message\": \"Invalid API key\"}"));
        }
    }

    @Test
    void grafanaSaysWhenToTryAgain() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).retryAfter(Duration.ofMinutes(2));
            exporter.server(0).answering(429);
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"))))
                    .isEqualTo(Outcome.retryable(
                            Reason.OVERLOADED,
                            "looking for an annotation in Grafana failed: 429",
                            Duration.ofMinutes(2)));
        }
    }

    @Test
    void anAlertWhoseStartWasMissedGetsBothEndsAtOnce() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[]");
            exporter.send(Alerts.logs(Alerts.resolved("/a")));
            JsonObject body =
                    new JsonObject(exporter.server(0).taken().getLast().body());
            assertThat(body.getLong("time")).isLessThan(body.getLong("timeEnd"));
        }
    }

    @Test
    void anotherAttemptAfterALostAnswerOpensNoSecondAnnotation() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(FOUND, 200, "[{\"id\": 42}]");
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a")))).isEqualTo(Outcome.ACCEPTED);
            assertThat(exporter.server(0).taken()).extracting(Got::method).containsExactly("GET");
        }
    }

    @Test
    void repeatsAreNoNewsAndOtherRecordsAreRejected() {
        try (ServedExporter exporter = exporter()) {
            Telemetry repeat = Alerts.logs(Alerts.repeated("/a"));
            Bytes mixed = Bytes.concat(
                    List.of(dev.sluice.testkit.Requests.numbered(Signal.LOGS, 1).wire(), repeat.wire()));
            assertThat(exporter.send(repeat.with(mixed, -1)))
                    .isEqualTo(new Outcome.Accepted(1, "1 log records are no alerts"));
            assertThat(exporter.server(0).taken()).isEmpty();
        }
    }

    @Test
    void aRefusalEndsTheBatchSoThatItIsTriedAgainInOrder() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(503);
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"), Alerts.resolved("/a"))))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
            assertThat(exporter.server(0).taken()).hasSize(1);
        }
    }

    @Test
    void chosenSeriesGoToGrafanaLiveAsLinesOfInflux() {
        try (ServedExporter exporter =
                exporter("live::metrics", List.of("burn:rate", "http.*"), "live::stream_id", "slo")) {
            exporter.send(Requests.metrics("""
                    metrics { name: "burn:rate" gauge { data_points { time_unix_nano: 5 as_double: 1.5
                      attributes { key: "slo" value { string_value: "a b" } } } } }
                    metrics { name: "http.size" histogram { data_points { time_unix_nano: 6 count: 3 sum: 2 } } }
                    metrics { name: "http.gone" histogram { data_points { time_unix_nano: 6 flags: 1 } } }
                    metrics { name: "other" gauge { data_points { time_unix_nano: 7 as_int: 1 } } }
                    """));
            Got push = exporter.server(0).taken().getFirst();
            assertThat(push.method()).isEqualTo("POST");
            assertThat(push.path()).isEqualTo("/api/live/push/slo");
            assertThat(push.body().toString()).isEqualTo("""
                    burn_rate,service.name=api,slo=a\\ b value=1.5 5
                    http.size,service.name=api count=3i,sum=2.0 6
                    """);
        }
    }

    /** For one that cannot be read Grafana answers 500 to all, which would be tried again for minutes. */
    @Test
    void tagsThatTheProtocolCannotSayAreSaidNearlySo() {
        try (ServedExporter exporter = exporter("live::metrics", List.of("*"))) {
            exporter.send(Requests.metrics("""
                    metrics { name: "" gauge { data_points { time_unix_nano: 5 as_int: 1 } } }
                    metrics { name: "a,b c" gauge { data_points { time_unix_nano: 5 as_int: 1
                      attributes { key: "a=b" value { string_value: "C:\\\\x,y\\\\" } }
                      attributes { key: "b" value { string_value: "1\\t2\\r\\n3\\f4\\v5" } }
                      attributes { key: "c" value { string_value: "\\\\" } }
                      attributes { key: "d" value { string_value: "x\\\\\\\\,\\\\ =" } } } } }
                    """));
            assertThat(exporter.server(0).taken().getFirst().body().toString()).isEqualTo("""
                    a_b_c,a\\=b=C:\\x\\,y,b=1\\ 2\\ \\ 3\\ 4\\ 5,d=x\\,\\ \\=,service.name=api value=1.0 5
                    """);
        }
    }

    @Test
    void metricsThatNobodyChoseCostNoRequest() {
        try (ServedExporter exporter = exporter()) {
            assertThat(exporter.send(dev.sluice.testkit.Requests.numbered(Signal.METRICS, 1)))
                    .isEqualTo(Outcome.ACCEPTED);
            assertThat(exporter.server(0).taken()).isEmpty();
        }
    }

    static ServedExporter exporter(Object... options) {
        return new ServedExporter("grafana", 1, (addresses, context) -> {
            GrafanaExporterConfig config =
                    Configs.with(GrafanaExporterConfig.DEFAULT, "endpoint", "http://" + addresses.getFirst() + "/");
            return new GrafanaExporterFactory().create(Configs.with(config, options), context);
        });
    }
}
