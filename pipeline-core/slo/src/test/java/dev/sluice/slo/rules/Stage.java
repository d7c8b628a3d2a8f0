package dev.sluice.slo.rules;

import dev.sluice.otlp.Bytes;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules at work on a manual clock that has stood at {@link #BEGIN} when they started. */
final class Stage implements RuleOutput {
    /** In milliseconds since 1970. */
    static final long BEGIN = 1_700_000_000_000L;

    static final RuleConfig VERBATIM = new RuleConfig(
            null,
            "HighLatencyAPI",
            "histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{job=\"api-gateway\"}[5m])) by (le, path)) > 1.8",
            "2m",
            null,
            Map.of("severity", "critical"),
            Map.of("summary", "95th percentile latency > 1.8s on {{ $labels.path }}"));

    final TestContext context;
    final List<AlertNotice> notices = new ArrayList<>();
    /** When each notice was told, in seconds since the begin. */
    final List<Double> toldAt = new ArrayList<>();

    /** How many notices were told together. */
    final List<Integer> tellings = new ArrayList<>();

    final List<String> samples = new ArrayList<>();
    final SloRules rules;

    Stage(SloConfig config) {
        this(config, new TestContext("slo"));
    }

    Stage(SloConfig config, TestContext context) {
        this.context = context;
        rules = new SloRules(config, new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""), this, context);
        rules.start().await();
    }

    static SloConfig config(RuleConfig... rules) {
        GroupConfig group = new GroupConfig("g", null, null, 0, Map.of(), List.of(rules));
        return Configs.with(SloConfig.DEFAULT, "groups", List.of(group), "evaluation::allowed_lateness", Duration.ZERO);
    }

    /** A rule that records. */
    static RuleConfig record(String name, String expr) {
        return new RuleConfig(name, null, expr, null, null, Map.of(), Map.of());
    }

    /** A rule that alerts. */
    static RuleConfig alert(String name, String expr, String holdFor) {
        return new RuleConfig(null, name, expr, holdFor, null, Map.of(), Map.of());
    }

    /** The last phase that was told of each alert, by its labels. */
    Map<String, AlertPhase> phases() {
        Map<String, AlertPhase> phases = new TreeMap<>();
        notices.forEach(notice -> phases.put(notice.labels().toString(), notice.phase()));
        return phases;
    }

    /** Lets the time pass until so many seconds after the begin. */
    void until(long seconds) {
        context.manualClock()
                .advance(Duration.ofSeconds(seconds)
                        .minusNanos(context.manualClock().nanoTime()));
    }

    /** Seconds since the begin. */
    static double since(long time) {
        return (time - BEGIN) / 1000.0;
    }

    /** When the first alert got into the phase, in seconds since the begin; none if none did. */
    List<Double> changes(AlertPhase phase) {
        return notices.stream()
                .filter(notice -> notice.phase() == phase && !notice.repeat())
                .map(notice -> since(notice.changedAt()))
                .toList();
    }

    @Override
    public void alerts(List<AlertNotice> told) {
        notices.addAll(told);
        tellings.add(told.size());
        told.forEach(notice -> toldAt.add(context.manualClock().nanoTime() / 1e9));
    }

    /** Each sample as {@code name{labels} value @seconds}. */
    @Override
    public void series(Bytes metrics) {
        try {
            var request = ExportMetricsServiceRequest.parseFrom(metrics.toByteArray());
            request.getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetrics(0)
                            .getMetricsList()
                            .forEach(metric -> metric.getGauge()
                                    .getDataPointsList()
                                    .forEach(point -> samples.add(
                                            text(metric, resource.getResource().getAttributesList(), point)))));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(Metric metric, List<KeyValue> resource, NumberDataPoint point) {
        Map<String, String> labels = new TreeMap<>();
        resource.forEach(each -> labels.put(each.getKey(), each.getValue().getStringValue()));
        point.getAttributesList()
                .forEach(each -> labels.put(each.getKey(), each.getValue().getStringValue()));
        return metric.getName()
                + labels.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(",", "{", "} "))
                + (point.getFlags() == 1 ? "ended" : point.getAsDouble())
                + " @"
                + since(point.getTimeUnixNano() / 1_000_000);
    }
}
