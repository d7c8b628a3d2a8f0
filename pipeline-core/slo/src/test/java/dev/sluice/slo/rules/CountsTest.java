package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.slo.series.CountHistogramConfig;
import dev.sluice.slo.series.CountSignal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Indicators made from spans and log records, as the rules see them. */
class CountsTest {
    private static final CountConfig CALLS =
            new CountConfig(CountSignal.TRACES, "calls_total", List.of(), List.of("http.route", "zone"), null);
    private static final CountConfig ERRORS = new CountConfig(
            CountSignal.TRACES,
            "errors_total",
            List.of("status.code == STATUS_CODE_ERROR"),
            List.of("http.route"),
            null);
    private static final CountConfig SECONDS = new CountConfig(
            CountSignal.TRACES,
            "call_seconds",
            List.of(),
            List.of(),
            new CountHistogramConfig("duration", List.of(0.1, 1.0)));
    private static final String JOB = "service.name=cart,service.namespace=shop";

    @Test
    void spansAreCountedByJobAndAttributesOfTheirOwnOrTheirResource() {
        Stage stage =
                stage(List.of(CALLS, ERRORS), Stage.record("out", "calls_total"), Stage.record("bad", "errors_total"));
        send(
                stage,
                10,
                new Spans()
                        .add("/a", false, at(9.2), 1)
                        .add("/a", true, at(9.5), 1)
                        .add("/b", false, at(10), 1));
        send(stage, 20, new Spans().add("/a", true, at(20), 1));
        assertThat(stage.samples)
                .contains(
                        "out{http_route=/a," + JOB + ",zone=z1} 2.0 @10.0",
                        "out{http_route=/b," + JOB + ",zone=z1} 1.0 @10.0",
                        "out{http_route=/a," + JOB + ",zone=z1} 3.0 @20.0",
                        "bad{http_route=/a," + JOB + "} 2.0 @20.0")
                .noneMatch(sample -> sample.startsWith("bad{http_route=/b"));
    }

    @Test
    void durationsAreCountedIntoBucketsWithTheTraceOfTheSlowest() {
        Stage stage = stage(
                List.of(SECONDS),
                Stage.record("mean", "call_seconds_sum / call_seconds_count"),
                Stage.record("fast", "call_seconds_bucket{le=\"0.1\"}"),
                Stage.record("all", "call_seconds_bucket{le=\"+Inf\"}"),
                Stage.alert("Slow", "histogram_quantile(0.5, sum by (le) (call_seconds_bucket)) > 0.2", "0s"));
        send(
                stage,
                10,
                new Spans()
                        .add("/a", false, at(10), 0.1)
                        .add("/a", false, at(10), 0.5)
                        .add("/a", false, at(10), 3));
        assertThat(stage.samples)
                .contains(
                        "mean{" + JOB + "} 1.2 @10.0",
                        "fast{le=0.1," + JOB + "} 1.0 @10.0",
                        "all{le=+Inf," + JOB + "} 3.0 @10.0");
        assertThat(stage.notices)
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.exemplar().traceId()).isEqualTo("00000000000000000000000000000003"));
    }

    @Test
    void logRecordsAreCountedFromASeverityOn() {
        CountConfig count = new CountConfig(
                CountSignal.LOGS,
                "failures_total",
                List.of("severity_number >= SEVERITY_NUMBER_ERROR"),
                List.of(),
                null);
        Stage stage = stage(List.of(count), Stage.record("out", "failures_total"));
        stage.until(10);
        stage.rules
                .observe(logs(SeverityNumber.SEVERITY_NUMBER_INFO, SeverityNumber.SEVERITY_NUMBER_FATAL))
                .await();
        stage.until(12);
        assertThat(stage.samples).contains("out{} 1.0 @10.0");
    }

    @Test
    void attributeIsMeasuredAndItemsWithoutItAreNotCounted() {
        CountConfig count = new CountConfig(
                CountSignal.LOGS,
                "size",
                List.of(),
                List.of(),
                new CountHistogramConfig("attributes[\"bytes\"]", List.of(100.0)));
        Stage stage = stage(List.of(count), Stage.record("out", "size_count"));
        stage.until(10);
        stage.rules.observe(logs(SeverityNumber.SEVERITY_NUMBER_INFO)).await();
        stage.until(12);
        assertThat(stage.samples).noneMatch(sample -> sample.startsWith("out"));
    }

    @Test
    void rateOfWhatNoLongerHappensIsZeroUntilItIsForgotten() {
        Stage stage = stage(List.of(ERRORS), Stage.record("rate", "rate(errors_total[1m])"));
        for (int time = 10; time <= 60; time += 10) {
            send(stage, time, new Spans().add("/a", true, at(time), 1));
        }
        stage.until(280);
        assertThat(stage.samples).anyMatch(sample -> sample.startsWith("rate{") && sample.contains("} 0.0 @"));
        stage.until(600);
        assertThat(stage.samples.getLast()).startsWith("rate{").contains("ended");
    }

    @Test
    void firstEventOfASeriesIsAnIncrease() {
        Stage stage = stage(List.of(ERRORS), Stage.record("more", "increase(errors_total[1m]) > 0"));
        send(stage, 10, new Spans().add("/a", true, at(9.5), 1).add("/a", true, at(10), 1));
        assertThat(stage.samples).anyMatch(sample -> sample.startsWith("more{"));
    }

    @Test
    void eventOfTheFutureDoesNotHideThoseBeforeIt() {
        Stage stage = stage(List.of(ERRORS), Stage.record("out", "errors_total"));
        send(stage, 10, new Spans().add("/a", true, at(4000), 1));
        send(stage, 20, new Spans().add("/a", true, at(20), 1));
        assertThat(stage.samples)
                .contains("out{http_route=/a," + JOB + "} 1.0 @10.0", "out{http_route=/a," + JOB + "} 2.0 @20.0");
    }

    @Test
    void countsGoOnOverAReload() {
        RuleConfig rule = Stage.record("out", "errors_total");
        Stage before = stage(List.of(ERRORS), rule);
        send(before, 10, new Spans().add("/a", true, at(10), 1));
        before.rules.stop().await();
        Stage after = new Stage(config(List.of(ERRORS), rule), before.context.afterReload());
        send(after, 20, new Spans().add("/a", true, at(20), 1));
        assertThat(after.samples).contains("out{http_route=/a," + JOB + "} 2.0 @20.0");
    }

    @Test
    void resultsAreTheSameWithFourLoopsAsWithOne() {
        List<CountConfig> counts = List.of(CALLS, ERRORS, SECONDS);
        RuleConfig[] rules = {
            Stage.record("ratio", "sum(rate(errors_total[1m])) / sum(rate(calls_total[1m]))"),
            Stage.record("p90", "histogram_quantile(0.9, sum by (le) (rate(call_seconds_bucket[1m])))"),
            Stage.alert("Failing", "sum(rate(errors_total[1m])) > 0.3", "30s")
        };
        Stage one = stage(counts, rules);
        Stage four = stage(counts, rules);
        List<SloRules> loops = new ArrayList<>(List.of(four.rules));
        for (int i = 1; i < 4; i++) {
            TestContext context = four.context.onAnotherLoop();
            SloRules other = new SloRules(
                    config(counts, rules), new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""), four, context);
            other.start().await();
            loops.add(other);
        }
        SplittableRandom random = new SplittableRandom(11);
        for (int time = 1; time <= 300; time++) {
            one.until(time);
            four.until(time);
            Spans spans = new Spans();
            for (int i = random.nextInt(5); i >= 0; i--) {
                boolean failed = random.nextInt(10) < (time > 120 && time < 200 ? 5 : 1);
                spans.add(
                        random.nextBoolean() ? "/a" : "/b",
                        failed,
                        at(time) - random.nextInt(3000),
                        random.nextDouble());
            }
            one.rules.observe(spans.telemetry()).await();
            loops.get(random.nextInt(4)).observe(spans.telemetry()).await();
        }
        assertThat(one.changes(AlertPhase.FIRING)).isNotEmpty();
        assertThat(one.changes(AlertPhase.RESOLVED)).isNotEmpty();
        assertThat(four.notices).isEqualTo(one.notices);
        assertThat(four.samples).isEqualTo(one.samples);
    }

    @Test
    void troubleOfAConfigurationIsSaidWithItsPlace() {
        CountConfig wrong = new CountConfig(
                CountSignal.LOGS,
                "",
                List.of("severity_number > 8", "name == \"x\""),
                List.of(""),
                new CountHistogramConfig("duration", List.of(2.0, 1.0)));
        assertThat(Configs.problems(wrong))
                .containsExactlyInAnyOrder(
                        "name: requires a non-empty \"name\"",
                        "conditions::1: character 1: expected attributes[\"key\"], resource.attributes[\"key\"] or severity_number, found \"name\"",
                        "attributes: an attribute has a key",
                        "histogram::value: character 1: only spans have a duration",
                        "histogram::buckets: bounds must ascend, but 1.0 follows 2.0");
    }

    private static Stage stage(List<CountConfig> counts, RuleConfig... rules) {
        return new Stage(config(counts, rules));
    }

    private static SloConfig config(List<CountConfig> counts, RuleConfig... rules) {
        return Configs.with(Stage.config(rules), "counts", counts);
    }

    private static void send(Stage stage, int seconds, Spans spans) {
        stage.until(seconds);
        stage.rules.observe(spans.telemetry()).await();
        stage.until(seconds + 2);
    }

    private static long at(double seconds) {
        return Stage.BEGIN + (long) (seconds * 1000);
    }

    private static Telemetry logs(SeverityNumber... severities) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        var scope = request.addResourceLogsBuilder().addScopeLogsBuilder();
        for (SeverityNumber severity : severities) {
            scope.addLogRecordsBuilder()
                    .setObservedTimeUnixNano(at(10) * 1_000_000)
                    .setSeverityNumber(severity);
        }
        return Telemetry.of(Signal.LOGS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }
}
