package dev.sluice.promql.script;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules of all kinds over {@link ScenarioTraffic}. */
final class ScenarioRules {
    private ScenarioRules() {}

    /** Groups are evaluated in the order of their names. */
    static List<GroupSpec> groups(String file) {
        List<RuleSpec> first = new ArrayList<>();
        record(first, "job:http_requests:rate5m", "sum by (job, path) (rate(http_requests_total[5m]))");
        record(first, "job:http_errors:rate5m", "sum by (job, path) (rate(http_requests_total{code=~\"5..\"}[5m]))");
        record(first, "job:error:ratio", "job:http_errors:rate5m / job:http_requests:rate5m");
        record(first, "job:latency:native", "sum by (job) (rate(latency_seconds[3m]))");
        record(first, "instance:memory:avg10m", "avg_over_time(memory_bytes[10m])");
        record(first, "job:up:avg", "avg without (instance) (up)");
        record(first, "job:memory:stddev", "stddev by (job) (memory_bytes)");
        record(first, "job:largest:top1", "topk by (job) (1, memory_bytes)");
        record(
                first,
                "job:errors:max30m",
                "max_over_time((sum by (job) (rate(http_requests_total{code=\"500\"}[2m])))[30m:1m])");

        List<RuleSpec> second = new ArrayList<>();
        alert(
                second,
                "HighLatencyAPI",
                "histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{job=\"api-gateway\"}[5m])) by (le, path)) > 1.8",
                120,
                0,
                Map.of("summary", "95th percentile latency > 1.8s on {{ $labels.path }}"));
        alert(second, "ErrorRatio", "job:error:ratio > 0.05", 60, 0, summary("{{ $value | humanizePercentage }}"));
        alert(second, "ErrorRatioNow", "job:error:ratio > 0.04", 0, 300, summary("{{ printf \"%.3f\" $value }}"));
        alert(second, "TargetDown", "up == 0", 30, 0, summary("{{ $labels.instance }} of {{ $labels.job }}"));
        alert(second, "TargetFlaps", "changes(up[10m]) > 1", 0, 120, Map.of());
        alert(second, "NoTraffic", "rate(http_requests_total{code=\"200\"}[1m]) == 0", 45, 0, Map.of());
        alert(second, "Absent", "absent(up{job=\"batch\", instance=\"a\"})", 15, 0, Map.of());
        alert(
                second,
                "AbsentForLong",
                "absent_over_time(memory_bytes{job=\"batch\",instance=\"b\"}[3m])",
                0,
                0,
                Map.of());
        alert(second, "NativeP90", "histogram_quantile(0.9, job:latency:native) > 1.5", 60, 60, Map.of());
        alert(second, "NativeMean", "histogram_avg(job:latency:native) > 1.9", 30, 0, Map.of());
        alert(second, "NativeFraction", "histogram_fraction(0, 1, job:latency:native) < 0.45", 0, 0, Map.of());
        alert(second, "MemoryGrows", "deriv(memory_bytes[10m]) > 30000", 120, 0, Map.of());
        alert(
                second,
                "MemoryWillFill",
                "predict_linear(memory_bytes[15m], 1800) > 6e8",
                60,
                0,
                summary("{{ $value | humanize1024 }}"));
        alert(second, "MemoryAboveAverage", "memory_bytes > 1.05 * instance:memory:avg10m", 0, 45, Map.of());
        alert(
                second,
                "MemoryDeviates",
                "abs(memory_bytes - on (job) group_left avg by (job) (memory_bytes)) > on (job) group_left 1.2 * job:memory:stddev",
                30,
                0,
                Map.of());
        alert(second, "Restarted", "resets(http_requests_total[10m]) > 0", 0, 0, Map.of());
        alert(second, "QueueHigh", "queue_ratio > 1.5", 0, 0, summary("{{ $value }}"));
        alert(second, "QueueQuantile", "quantile_over_time(0.8, queue_ratio[5m]) > 1", 15, 0, Map.of());
        alert(second, "QueueSpread", "max by (job) (queue_ratio) - min by (job) (queue_ratio) > 2", 0, 30, Map.of());
        alert(second, "HalfDown", "job:up:avg <= 0.5 unless on (job) job:memory:stddev > 5e7", 0, 0, Map.of());
        alert(
                second,
                "ErrorsAndSlow",
                "job:error:ratio > 0.03 and on (path) histogram_quantile(0.5, sum by (le, path) (rate(http_request_duration_seconds_bucket[2m]))) > 0.9",
                30,
                30,
                Map.of());
        alert(
                second,
                "EitherWay",
                "sum by (job) (up) < 2 or sum by (job) (job:http_errors:rate5m) > 0.8",
                30,
                0,
                Map.of());
        alert(
                second,
                "ComparedToEarlier",
                "sum by (job) (rate(http_requests_total[5m])) < 0.9 * sum by (job) (rate(http_requests_total[5m] offset 20m))",
                60,
                0,
                Map.of());
        alert(second, "Subquery", "max_over_time(job:error:ratio[10m:30s]) > 0.08", 30, 0, Map.of());
        alert(second, "Delta", "delta(memory_bytes[5m]) < -4e7", 0, 0, Map.of());
        alert(
                second,
                "Idelta",
                "idelta(memory_bytes[2m]) > 4e7 or irate(http_requests_total[1m]) > 2.5",
                0,
                0,
                Map.of());
        alert(
                second,
                "Relabelled",
                "label_replace(up == 0, \"host\", \"$1-x\", \"instance\", \"(.*)\")",
                15,
                0,
                summary("{{ $labels.host }}"));
        alert(second, "Counted", "count_values by (job) (\"state\", up) > 1", 60, 0, Map.of());
        alert(second, "TimeOfDay", "hour() >= bool 1 == 1 and on () vector(1)", 0, 0, Map.of());
        alert(second, "StdvarOfLast", "stdvar(last_over_time(queue_ratio[1m])) > 1.2", 0, 0, Map.of());
        alert(
                second,
                "Clamped",
                "clamp_max(sum_over_time(queue_ratio[2m]), 5) > 4 or sgn(queue_ratio) * 2 > bool 3 == 7",
                0,
                0,
                Map.of());

        List<RuleSpec> late = new ArrayList<>();
        record(late, "late:requests:rate1m", "sum by (job) (rate(http_requests_total[1m]))");
        alert(late, "LateErrors", "sum by (job) (rate(http_requests_total{code=\"500\"}[2m])) > 0.3", 60, 0, Map.of());
        alert(late, "LateAbsent", "absent(late:requests:rate1m{job=\"batch\"})", 0, 0, Map.of());

        List<RuleSpec> limited = new ArrayList<>();
        alert(limited, "TooMany", "queue_ratio > 0.3", 0, 0, Map.of());
        record(limited, "limited:up:all", "up == 1");

        return List.of(
                group(file, "1-recorded", 0, 0, first),
                group(file, "2-alerts", 0, 0, second),
                group(file, "3-late", 0, 30_000, late),
                group(file, "4-limited", 4, 0, limited));
    }

    private static GroupSpec group(String file, String name, int limit, long queryOffset, List<RuleSpec> rules) {
        return new GroupSpec(file, name, 15_000, limit, queryOffset, QueryOptions.DEFAULT, rules);
    }

    private static void record(List<RuleSpec> rules, String name, String expr) {
        rules.add(new RuleSpec.Recording(name, expr, Labels.of("source", "rule")));
    }

    private static Map<String, String> summary(String text) {
        return Map.of("summary", text);
    }

    private static void alert(
            List<RuleSpec> rules,
            String name,
            String expr,
            int holdFor,
            int keepFiringFor,
            Map<String, String> annotations) {
        Labels labels = Labels.of(Map.of("severity", "page", "team", "{{ $labels.job }}-team"));
        rules.add(new RuleSpec.Alerting(
                name, expr, labels, Labels.of(annotations), holdFor * 1000L, keepFiringFor * 1000L));
    }
}
