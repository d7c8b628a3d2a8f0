package dev.sluice.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Placement;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusExporterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aSeriesIsShownUntilItExpiresAndItsNameIsFreeThen() {
        try (Running exporter = Running.with("metric_expiration", MINUTE)) {
            exporter.send(SeriesTest.gauge("x.total", "time_unix_nano: 1 as_int: 1"));
            exporter.pass(MINUTE);
            assertThat(SeriesTest.samples(exporter)).hasSize(1);

            exporter.pass(Duration.ofNanos(1));
            assertThat(exporter.scrape()).isEmpty();

            exporter.pass(MINUTE);
            assertThat(exporter.context().meters().value("exporter_prometheus_series"))
                    .isZero();
            exporter.send(Requests.metrics("metrics { name: \"x\" sum { is_monotonic: true"
                    + " aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { as_int: 2 } } }"));
            assertThat(exporter.scrape()).contains("# TYPE x_total counter\n");
        }
    }

    @Test
    void aPointKeepsItsSeriesAliveAnOldOneDoesNot() {
        try (Running exporter = Running.with("metric_expiration", MINUTE)) {
            exporter.send(SeriesTest.gauge("g", "time_unix_nano: 10 as_int: 1"));
            exporter.pass(Duration.ofSeconds(50));
            exporter.send(SeriesTest.gauge("g", "time_unix_nano: 11 as_int: 2"));
            exporter.pass(Duration.ofSeconds(50));
            exporter.send(SeriesTest.gauge("g", "time_unix_nano: 9 as_int: 3"));
            assertThat(SeriesTest.samples(exporter)).singleElement().asString().endsWith(" 2");

            exporter.pass(Duration.ofSeconds(11));
            assertThat(SeriesTest.samples(exporter)).isEmpty();
        }
    }

    @Test
    void beyondTheBoundNewSeriesAreRefusedAndCountedUntilOthersExpire() {
        try (Running exporter = Running.with("max_series", 2, "metric_expiration", MINUTE)) {
            exporter.send(SeriesTest.gauge("g", series(0), series(1), series(2), series(3)));
            exporter.send(SeriesTest.gauge("g", series(1), series(2)));

            assertThat(SeriesTest.samples(exporter)).hasSize(2);
            assertThat(exporter.context().meters().value("exporter_prometheus_series"))
                    .isEqualTo(2);
            assertThat(exporter.context()
                            .meters()
                            .value("exporter_prometheus_dropped_points", Map.of("reason", "limit")))
                    .isEqualTo(3);

            exporter.pass(MINUTE.multipliedBy(2));
            exporter.send(SeriesTest.gauge("g", series(2), series(3)));
            assertThat(SeriesTest.samples(exporter)).hasSize(2).anyMatch(line -> line.contains("n=\"3\""));
        }
    }

    @Test
    void targetInfoShowsTheNewestResourceOfAJobAndInstanceWhileItHasPoints() {
        try (Running exporter = Running.with("metric_expiration", MINUTE, "namespace", "my-ns")) {
            exporter.send(resource("a", "1", "version", "old"));
            exporter.send(resource("a", "1", "version", "new"));
            exporter.send(resource("a", "2", "version", "old"));
            exporter.send(Requests.batch("resource_metrics { resource { " + Requests.attribute("service.name", "b")
                    + "} scope_metrics { metrics { name: \"lonely\" gauge { data_points { as_int: 1 } } } } }"));
            assertThat(exporter.scrape().lines().filter(line -> line.contains("target_info")))
                    .containsExactlyInAnyOrder(
                            "# HELP my_ns_target_info Target metadata",
                            "# TYPE my_ns_target_info gauge",
                            "my_ns_target_info{instance=\"1\",job=\"a\",version=\"new\"} 1",
                            "my_ns_target_info{instance=\"2\",job=\"a\",version=\"old\"} 1");

            exporter.pass(Duration.ofSeconds(50));
            exporter.send(resource("a", "2", "version", "old"));
            exporter.pass(Duration.ofSeconds(20));
            assertThat(exporter.scrape())
                    .contains("my_ns_target_info{instance=\"2\"")
                    .doesNotContain("instance=\"1\"");
        }
    }

    @Test
    void theScraperChoosesFormatAndEscaping() {
        try (Running exporter = Running.with("enable_open_metrics", true, "translation_strategy", "NoTranslation")) {
            exporter.send(SeriesTest.gauge("a.b", "as_int: 1"));

            assertThat(type(exporter.scrape("*/*")))
                    .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
            assertThat(exporter.scrape("*/*").body()).contains("a_b{");
            assertThat(type(exporter.scrape(Running.OPENMETRICS + ";escaping=allow-utf-8")))
                    .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8");
            assertThat(exporter.scrape(Running.OPENMETRICS + ";escaping=allow-utf-8")
                            .body())
                    .contains("{\"a.b\",")
                    .endsWith("# EOF\n");
            assertThat(exporter.scrape(Running.TEXT + ";escaping=values").body())
                    .contains("U__a_2e_b{");
        }
        try (Running exporter = Running.with()) {
            assertThat(type(exporter.scrape(Running.OPENMETRICS))).startsWith("text/plain");
            assertThat(type(exporter.scrape(Running.PROTOBUF))).startsWith("application/vnd.google.protobuf");
        }
    }

    @Test
    void onlyThePathAndReadingMethodsAreServed() {
        try (Running exporter = Running.with("path", "/federate")) {
            exporter.send(SeriesTest.gauge("g", "as_int: 1"));
            URI uri = URI.create("http://127.0.0.1:" + exporter.port() + "/federate");

            assertThat(exporter.scrape(Running.TEXT).statusCode()).isEqualTo(404);
            assertThat(exporter.get("/federate", HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("g{");
            HttpResponse<String> post = exporter.fetch(
                    HttpRequest.newBuilder(uri)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
            HttpResponse<String> head =
                    exporter.fetch(HttpRequest.newBuilder(uri).HEAD().build(), HttpResponse.BodyHandlers.ofString());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aScraperMayAskForSomeNamesOnly() {
        try (Running exporter = Running.with()) {
            exporter.send(SeriesTest.gauge("a", "as_int: 1"));
            exporter.send(SeriesTest.gauge("b", "as_int: 1"));

            String some = exporter.get(
                            "/metrics?name%5B%5D=b&name%5B%5D=target_info", HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(some).contains("b{", "target_info{").doesNotContain("a{");
        }
    }

    @Test
    void aLargeAnswerComesWholePlainAndCompressed() throws IOException {
        try (Running exporter = Running.with()) {
            String[] points = IntStream.range(0, 30_000)
                    .mapToObj(PrometheusExporterTest::series)
                    .toArray(String[]::new);
            exporter.send(SeriesTest.gauge("g", points));

            String plain = exporter.scrape();
            HttpResponse<byte[]> gzip =
                    exporter.get("/metrics", HttpResponse.BodyHandlers.ofByteArray(), "Accept-Encoding", "gzip");

            assertThat(plain.lines().filter(line -> line.startsWith("g{")).distinct())
                    .hasSize(30_000);
            assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(gzip.body().length).isLessThan(plain.length() / 5);
            assertThat(new String(
                            new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes(),
                            StandardCharsets.UTF_8))
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                     | false",
                "identity              | false",
                "gzip                  | true",
                "deflate, GZIP;q=0.5   | true",
                "*                     | true",
                "gzip;q=0              | false",
                "gzip; q=0.0, identity | false"
            })
    void gzipIsUsedWhereTheScraperAllowsIt(String header, boolean gzip) {
        assertThat(Encoder.accepted(header)).isEqualTo(gzip);
    }

    @Test
    void aScraperThatHangsUpInTheMiddleHarmsNothing() throws IOException {
        try (Running exporter = Running.with()) {
            exporter.send(SeriesTest.gauge(
                    "g",
                    IntStream.range(0, 50_000)
                            .mapToObj(PrometheusExporterTest::series)
                            .toArray(String[]::new)));
            for (int i = 0; i < 3; i++) {
                try (Socket scraper = new Socket(InetAddress.getLoopbackAddress(), exporter.port())) {
                    scraper.getOutputStream()
                            .write("GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(scraper.getInputStream().read()).isEqualTo('H');
                }
            }

            assertThat(exporter.scrape()).hasLineCount(50_005);
        }
    }

    @Test
    void afterStopNothingIsLeftAndStoppingAgainIsLegal() {
        try (Running exporter = Running.with()) {
            int port = exporter.port();
            assertThat(exporter.context().manualClock().pending()).isPositive();

            exporter.stop();

            assertThat(exporter.context().manualClock().pending()).isZero();
            assertThatThrownBy(() -> exporter.fetch(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .hasCauseInstanceOf(IOException.class);
            exporter.stop();
        }
    }

    @Test
    void whatSeriesKeepIsChargedToTheBudgetUntilTheyAreGone() {
        Budget budget = new Budget();
        TestContext context = new TestContext("prometheus").admission(budget);
        PrometheusExporter exporter = new PrometheusExporter(Running.config("metric_expiration", MINUTE), context);

        exporter.consume(SeriesTest.gauge("g", series(1), series(2)));
        long two = budget.used();
        exporter.consume(SeriesTest.gauge("g", series(2), "flags: 1 " + Requests.attribute("n", "1")));

        assertThat(two).isGreaterThan(500);
        assertThat(budget.used()).isEqualTo(two / 2);
        exporter.stop();
        assertThat(budget.used()).isZero();
    }

    @Test
    void theConfigurationIsChecked() {
        assertThat(Configs.problems(PrometheusExporterConfig.DEFAULT))
                .containsExactly("endpoint: expecting a non-blank address to run the Prometheus metrics handler");
        assertThat(Configs.problems(Running.config(
                        "translation_strategy",
                        "Snake",
                        "metric_expiration",
                        Duration.ofSeconds(-1),
                        "max_series",
                        0,
                        "path",
                        "m")))
                .containsExactly(
                        "path: `path` must start with `/`, found \"m\"",
                        "translation_strategy: invalid translation_strategy: Snake",
                        "metric_expiration: `metric_expiration` must be non-negative",
                        "max_series: `max_series` must be positive, found 0");
        assertThat(Configs.problems(Running.config("translation_strategy", "NoTranslation")))
                .isEmpty();
    }

    @Test
    void theDeprecatedSwitchForSuffixesCountsWhereNoStrategyIsGiven() {
        assertThat(Running.config("add_metric_suffixes", false).strategy().key())
                .isEqualTo("UnderscoreEscapingWithoutSuffixes");
        assertThat(Running.config("add_metric_suffixes", false, "translation_strategy", "NoUTF8EscapingWithSuffixes")
                        .strategy()
                        .key())
                .isEqualTo("NoUTF8EscapingWithSuffixes");
    }

    @Test
    void thereIsOneInTheProcessAndAQueueOnlyWhereConfigured() {
        PrometheusExporterFactory factory = new PrometheusExporterFactory();

        assertThat(factory.placement()).isEqualTo(Placement.ONE_LOOP);
        assertThat(factory.delivery(Running.config())).isEqualTo(Delivery.DIRECT);
        assertThat(factory.delivery(Running.config("sending_queue", QueueConfig.DEFAULT))
                        .queue())
                .isEqualTo(QueueConfig.DEFAULT);
    }

    private static String series(int number) {
        return "time_unix_nano: 10 as_int: 1 " + Requests.attribute("n", "" + number);
    }

    private static Telemetry resource(String name, String instance, String key, String value) {
        return Requests.batch("resource_metrics { resource { " + Requests.attribute("service.name", name)
                + Requests.attribute("service.instance.id", instance) + Requests.attribute(key, value)
                + "} scope_metrics { metrics { name: \"g\" gauge { data_points { as_int: 1 } } } } }");
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }
}
