package dev.sluice.prometheus;

import java.util.List;

/** One family of each type, with everything that can be set. */
final class Families {
    private Families() {}

    static List<MetricFamily> all() {
        Exemplar traced = new Exemplar(Labels.of("trace_id", "ab"), 0.5, 1_700_000_000_500_000_000L);
        Exemplar untimed = new Exemplar(Labels.of("trace_id", "ab", "span_id", "cd"), 0.7, 0);
        Sample.Times timed = new Sample.Times(1_700_000_000_123L, 1_600_000_000_000_000_001L);
        return List.of(
                new MetricFamily(
                        "requests_total",
                        MetricType.COUNTER,
                        "How many\n\"requests\" \\ all",
                        List.of(
                                new Sample.Value(Labels.of("quote", "\"\\\n", "code", "200"), timed, 1_234_567, traced),
                                new Sample.Value(Labels.EMPTY, 3))),
                new MetricFamily(
                        "temperature",
                        MetricType.GAUGE,
                        "",
                        List.of(
                                new Sample.Value(Labels.EMPTY, -0.5),
                                new Sample.Value(Labels.of("a", "x"), Double.NaN))),
                new MetricFamily(
                        "thing",
                        MetricType.UNTYPED,
                        "?",
                        List.of(new Sample.Value(Labels.EMPTY, Double.POSITIVE_INFINITY))),
                new MetricFamily(
                        new MetricFamily.Header("latency_seconds", MetricType.HISTOGRAM, "seconds", "Time"),
                        List.of(new Sample.Histogram(
                                Labels.of("a", "x"),
                                Sample.Times.NONE,
                                2_500_000,
                                12.25,
                                List.of(new Sample.Bucket(0.005, 1, null), new Sample.Bucket(1, 2, untimed))))),
                new MetricFamily(
                        "size_bytes",
                        MetricType.HISTOGRAM,
                        "Size",
                        List.of(new Sample.NativeHistogram(
                                Labels.EMPTY,
                                Sample.Times.NONE,
                                7,
                                5.0,
                                3,
                                1e-128,
                                1,
                                NativeBuckets.of(-2, new long[] {1, 0, 3}),
                                NativeBuckets.of(4, new long[] {2}),
                                List.of(traced)))),
                new MetricFamily(
                        "rpc_seconds",
                        MetricType.SUMMARY,
                        "Rpc",
                        List.of(new Sample.Summary(
                                Labels.EMPTY,
                                Sample.Times.NONE,
                                4,
                                10.0,
                                List.of(new Sample.Quantile(0.5, 1), new Sample.Quantile(0.99, 2.5))))));
    }
}
