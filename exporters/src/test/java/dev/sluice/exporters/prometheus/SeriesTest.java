package dev.sluice.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of points: which series they belong to, what their state is, and which are dropped. */
class SeriesTest {
    private static final Object[] BARE = {"without_scope_info", true};

    @Test
    void aPointOlderThanTheLastChangesNothingAndIsNoError() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(gauge("g", "time_unix_nano: 20 as_int: 2"));

            assertThat(exporter.send(gauge("g", "time_unix_nano: 10 as_int: 1")))
                    .isEqualTo(Outcome.ACCEPTED);
            assertThat(samples(exporter)).containsExactly("g{instance=\"1\",job=\"api\"} 2");
        }
    }

    @Test
    void theStalenessMarkerEndsItsSeriesAndNoOther() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(
                    gauge("g", "time_unix_nano: 10 as_int: 1", "time_unix_nano: 10 as_int: 2 " + attribute("a", "x")));

            exporter.send(gauge(
                    "g",
                    "time_unix_nano: 20 flags: 1",
                    "time_unix_nano: 20 as_int: 3 " + attribute("a", "x"),
                    "time_unix_nano: 20 flags: 1 " + attribute("never", "seen")));
            assertThat(samples(exporter)).containsExactly("g{a=\"x\",instance=\"1\",job=\"api\"} 3");

            exporter.send(gauge("g", "time_unix_nano: 30 as_int: 4"));
            assertThat(samples(exporter)).hasSize(2).contains("g{instance=\"1\",job=\"api\"} 4");
        }
    }

    @Test
    void theOrderOfAttributesAndTheRestOfTheResourceDoNotMakeAnotherSeries() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(gauge("g", "time_unix_nano: 10 as_int: 1 " + attribute("a", "x") + attribute("b", "y")));
            exporter.send(gauge("g", "time_unix_nano: 20 as_int: 2 " + attribute("b", "y") + attribute("a", "x")));
            exporter.send(Requests.batch("resource_metrics { resource { " + attribute("service.instance.id", "1")
                    + attribute("service.name", "api") + attribute("pid", "7")
                    + "} scope_metrics { metrics { name: \"g\" gauge { data_points { time_unix_nano: 30 as_int: 3 "
                    + attribute("a", "x") + attribute("b", "y") + "} } } } }"));

            assertThat(samples(exporter)).containsExactly("g{a=\"x\",b=\"y\",instance=\"1\",job=\"api\"} 3");
            assertThat(exporter.context().meters().value("exporter_prometheus_series"))
                    .isEqualTo(1);
        }
    }

    @Test
    void deltasAddUpWhileTheyFollowAndBeginAnewAfterAGap() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(delta("d", "start_time_unix_nano: 10 time_unix_nano: 20 as_int: 1"));
            exporter.send(delta("d", "start_time_unix_nano: 20 time_unix_nano: 30 as_int: 2"));
            assertThat(samples(exporter)).containsExactly("d_total{instance=\"1\",job=\"api\"} 3");

            exporter.send(delta("d", "start_time_unix_nano: 30 time_unix_nano: 40 as_double: 0.5"));
            exporter.send(delta("d", "time_unix_nano: 50 as_int: 4"));
            assertThat(samples(exporter)).containsExactly("d_total{instance=\"1\",job=\"api\"} 7.5");

            exporter.send(delta("d", "start_time_unix_nano: 60 time_unix_nano: 70 as_int: 5"));
            assertThat(samples(exporter)).containsExactly("d_total{instance=\"1\",job=\"api\"} 5");
        }
    }

    @Test
    void deltasThatOverlapWhatWasCountedAreDroppedAndToldOf() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(delta("d", "start_time_unix_nano: 10 time_unix_nano: 20 as_int: 1"));

            Outcome outcome = exporter.send(delta("d", "start_time_unix_nano: 15 time_unix_nano: 25 as_int: 9"));

            assertThat(outcome)
                    .isEqualTo(
                            new Outcome.Accepted(1, "prometheus cannot show 1 of the data points; its log says why"));
            assertThat(samples(exporter)).containsExactly("d_total{instance=\"1\",job=\"api\"} 1");
            assertThat(dropped(exporter, "overlap")).isEqualTo(1);
        }
    }

    @Test
    void largeIntegerDeltasStayExactUntilTheyAreShown() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(delta("d", "start_time_unix_nano: 10 time_unix_nano: 20 as_int: 9007199254740993"));
            exporter.send(delta("d", "start_time_unix_nano: 20 time_unix_nano: 30 as_int: -9007199254740992"));

            assertThat(samples(exporter)).containsExactly("d_total{instance=\"1\",job=\"api\"} 1");
        }
    }

    @Test
    void sumsWithoutTemporalityAndDeltasThatGoBothWaysAreDropped() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(metrics("metrics { name: \"a\" sum { data_points { as_int: 1 } data_points { as_int: 2 } } }"
                    + "metrics { name: \"b\" sum { aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA"
                    + " data_points { as_int: 1 } } }"
                    + "metrics { name: \"c\" histogram { data_points { count: 1 } } } metrics { name: \"empty\" }"));

            assertThat(samples(exporter)).isEmpty();
            assertThat(dropped(exporter, "temporality")).isEqualTo(4);
        }
    }

    @Test
    void histogramDeltasBeginAnewUnderOtherBounds() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(histogram("start_time_unix_nano: 10 time_unix_nano: 20 count: 3 sum: 3"
                    + " explicit_bounds: [1, 2] bucket_counts: [1, 1, 1]"));
            exporter.send(histogram("start_time_unix_nano: 20 time_unix_nano: 30 count: 2 sum: 1"
                    + " explicit_bounds: [5] bucket_counts: [2, 0]"));
            exporter.send(histogram("start_time_unix_nano: 30 time_unix_nano: 40 count: 1"
                    + " explicit_bounds: [5] bucket_counts: [0, 1]"));

            assertThat(samples(exporter))
                    .as("the last delta tells no sum, so that the total is not known")
                    .containsExactly(
                            "h_bucket{instance=\"1\",job=\"api\",le=\"5\"} 2",
                            "h_bucket{instance=\"1\",job=\"api\",le=\"+Inf\"} 3",
                            "h_count{instance=\"1\",job=\"api\"} 3");
        }
    }

    @Test
    void bucketsThatContradictEachOtherAreDroppedAndLeaveTheStateAsItWas() {
        try (Running exporter = Running.with(BARE)) {
            for (String bad : List.of(
                    "explicit_bounds: [2, 1] bucket_counts: [1, 1, 1]",
                    "explicit_bounds: [1, 1] bucket_counts: [1, 1, 1]",
                    "explicit_bounds: [nan] bucket_counts: [1, 1]",
                    "explicit_bounds: [1] bucket_counts: [1]",
                    "explicit_bounds: [1]")) {
                exporter.send(histogram("time_unix_nano: 10 count: 2 " + bad));
            }
            assertThat(samples(exporter)).isEmpty();
            assertThat(dropped(exporter, "malformed")).isEqualTo(5);

            exporter.send(histogram("start_time_unix_nano: 10 time_unix_nano: 20 count: 2 sum: 4 bucket_counts: [2]"));
            exporter.send(histogram("start_time_unix_nano: 20 time_unix_nano: 30 count: 2 bucket_counts: [1, 1]"));
            assertThat(samples(exporter)).contains("h_count{instance=\"1\",job=\"api\"} 2");
        }
    }

    @Test
    void aNameKeepsTheTypeItCameWithFirst() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(gauge("x.total", "as_int: 1"));

            Outcome outcome = exporter.send(metrics("metrics { name: \"x\" sum { is_monotonic: true"
                    + " aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { as_int: 2 } } }"));
            exporter.send(metrics("metrics { name: \"x\" sum { is_monotonic: true"
                    + " aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { as_int: 3 } } }"));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat(accepted.rejectedItems()).isEqualTo(1));
            assertThat(samples(exporter)).containsExactly("x_total{instance=\"1\",job=\"api\"} 1");
            assertThat(dropped(exporter, "conflict")).isEqualTo(2);
        }
    }

    @Test
    void twoMetricsOfOneNameShareAFamilyButNotASeries() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(gauge("a.b", "as_int: 1"));
            exporter.send(gauge("a_b", "as_int: 2", "as_int: 3 " + attribute("k", "v")));
            exporter.send(gauge("a_b", "flags: 1"));

            assertThat(samples(exporter))
                    .containsExactly("a_b{instance=\"1\",job=\"api\"} 1", "a_b{instance=\"1\",job=\"api\",k=\"v\"} 3");
            assertThat(dropped(exporter, "conflict")).isEqualTo(1);
        }
    }

    @Test
    void whatPrometheusCannotSayIsDropped() {
        try (Running exporter = Running.with(BARE)) {
            exporter.send(gauge("@@", "as_int: 1"));
            exporter.send(gauge("g", "as_int: 1 " + attribute("__name__", "x"), "as_int: 1 " + attribute("ü", "x")));
            exporter.send(histogram("count: 1 " + attribute("le", "x")));
            exporter.send(metrics(
                    "metrics { name: \"s\" summary { data_points { count: 1 " + attribute("quantile", "x") + "} } }"));
            exporter.send(gauge("target.info", "as_int: 1"));
            exporter.send(gauge("@@", "as_int: 2", "flags: 1"));

            assertThat(samples(exporter)).isEmpty();
            assertThat(dropped(exporter, "untranslatable")).isEqualTo(6);
            assertThat(dropped(exporter, "conflict")).isEqualTo(1);
        }
    }

    @Test
    void labelsThatCollideAreJoinedAndConstantOnesWin() {
        try (Running exporter =
                Running.with("without_scope_info", true, "const_labels", Map.of("zone", "eu"), "namespace", "shop")) {
            exporter.send(gauge(
                    "g",
                    "as_int: 1 " + attribute("a_b", "second") + attribute("a.b", "first") + attribute("zone", "us")
                            + attribute("job", "mine")));

            assertThat(samples(exporter))
                    .containsExactly("shop_g{a_b=\"first;second\",instance=\"1\",job=\"api\",zone=\"eu\"} 1");
        }
    }

    @Test
    void chosenResourceAttributesBecomeLabels() {
        String resource = "resource_metrics { resource { " + attribute("k8s.pod.name", "p")
                + attribute("k8s.pod.uid", "u")
                + attribute("host", "h") + "} scope_metrics { metrics { name: \"g\" gauge { data_points { as_int: 1 "
                + attribute("host", "point's") + "} } } } }";
        try (Running exporter = Running.with(
                "without_scope_info",
                true,
                "resource_constant_labels",
                new PrometheusExporterConfig.ResourceConstantLabels(List.of("k8s.pod.*"), List.of("*.ui?")))) {
            exporter.send(Requests.batch(resource));

            assertThat(samples(exporter)).containsExactly("g{host=\"point's\",k8s_pod_name=\"p\"} 1");
        }
        try (Running exporter = Running.with(
                "without_scope_info",
                true,
                "resource_to_telemetry_conversion",
                new PrometheusExporterConfig.ResourceToTelemetry(true, false),
                "resource_constant_labels",
                new PrometheusExporterConfig.ResourceConstantLabels(List.of(), List.of("k8s*")))) {
            exporter.send(Requests.batch(resource));

            assertThat(samples(exporter)).containsExactly("g{host=\"h\"} 1");
        }
    }

    static Telemetry gauge(String name, String... points) {
        return metrics("metrics { name: \"" + name + "\" gauge { data_points { "
                + String.join(" } data_points { ", points) + " } } }");
    }

    private static Telemetry delta(String name, String point) {
        return metrics("metrics { name: \"" + name + "\" sum { is_monotonic: true"
                + " aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA data_points { " + point + " } } }");
    }

    private static Telemetry histogram(String point) {
        return metrics("metrics { name: \"h\" histogram { aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA"
                + " data_points { " + point + " } } }");
    }

    private static Telemetry metrics(String metrics) {
        return Requests.metrics(metrics);
    }

    private static String attribute(String key, String value) {
        return Requests.attribute(key, value);
    }

    /** The lines of series, but for {@code target_info}. */
    static List<String> samples(Running exporter) {
        return exporter.scrape()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.contains("target_info"))
                .toList();
    }

    private static double dropped(Running exporter, String reason) {
        return exporter.context().meters().value("exporter_prometheus_dropped_points", Map.of("reason", reason));
    }
}
