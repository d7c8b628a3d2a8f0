package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingMeters;
import dev.sluice.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What becomes of samples, from OTLP to notices and recorded series, on a clock that stands still unless told. */
class RuleSetTest {
    private static final RuleConfig QUEUE = Stage.alert("QueueLong", "queue_length > 5", "20s");

    @Test
    void recordedSeriesAreSeenByLaterRulesAndWrittenWithTheResourceOfTheirJob() {
        Stage stage = new Stage(Stage.config(
                Stage.record("job:queue:sum", "sum by (job, instance) (queue_length)"),
                Stage.record("twice", "2 * job:queue:sum")));
        stage.until(10);
        feed(stage, 4, 10);
        stage.until(11);
        assertThat(stage.samples)
                .contains(
                        "job:queue:sum{service.instance.id=i1,service.name=cart,service.namespace=shop} 4.0 @10.0",
                        "twice{service.instance.id=i1,service.name=cart,service.namespace=shop} 8.0 @10.0");
    }

    @Test
    void alertThatNoLongerHoldsIsResolvedAndItsSeriesEnd() {
        Stage stage = new Stage(Stage.config(QUEUE));
        for (int time = 0; time <= 60; time += 10) {
            stage.until(time);
            feed(stage, time < 50 ? 9 : 1, time);
        }
        stage.until(61);
        assertThat(stage.notices.stream().filter(notice -> !notice.repeat()).map(AlertNotice::phase))
                .containsExactly(AlertPhase.PENDING, AlertPhase.FIRING, AlertPhase.RESOLVED);
        assertThat(stage.changes(AlertPhase.FIRING)).containsExactly(20.0);
        assertThat(stage.changes(AlertPhase.RESOLVED)).containsExactly(50.0);
        String labels = "{alertname=QueueLong,alertstate=%s,service.instance.id=i1,service.name=cart,"
                + "service.namespace=shop} %s";
        assertThat(stage.samples)
                .contains(
                        "ALERTS" + labels.formatted("pending", "1.0 @0.0"),
                        "ALERTS" + labels.formatted("pending", "ended @20.0"),
                        "ALERTS" + labels.formatted("firing", "1.0 @20.0"),
                        "ALERTS" + labels.formatted("firing", "ended @50.0"));
    }

    @Test
    void alertFiresWithinASecondOfItsTimeAlsoBetweenTicksAndSamples() {
        for (EvaluationMode mode : List.of(EvaluationMode.EVENT, EvaluationMode.HYBRID)) {
            Stage stage = new Stage(Configs.with(
                    Stage.config(QUEUE), "evaluation::mode", mode, "evaluation::interval", Duration.ofMinutes(1)));
            stage.until(3);
            feed(stage, 9, 3);
            stage.until(60);
            int fired = stage.notices.stream().map(AlertNotice::phase).toList().indexOf(AlertPhase.FIRING);
            assertThat(stage.toldAt.get(fired)).isBetween(23.0, 24.0);
            assertThat(stage.notices.get(fired).times().dueAt()).isEqualTo(Stage.BEGIN + 23_000);
        }
    }

    @Test
    void keepFiringForEndsAtItsTime() {
        RuleConfig rule = new RuleConfig(null, "QueueLong", "queue_length > 5", "10s", "30s", Map.of(), Map.of());
        Stage stage = new Stage(Stage.config(rule));
        for (int time = 0; time <= 100; time += 10) {
            stage.until(time);
            feed(stage, time <= 20 ? 9 : 1, time);
        }
        assertThat(stage.changes(AlertPhase.RESOLVED)).containsExactly(60.0);
    }

    @Test
    void alertThatGoesOnFiringIsToldAgainAfterTheResendDelay() {
        Stage stage = new Stage(Stage.config(QUEUE));
        for (int time = 0; time <= 200; time += 10) {
            stage.until(time);
            feed(stage, 9, time);
        }
        List<Double> told = new ArrayList<>();
        for (int i = 0; i < stage.notices.size(); i++) {
            if (stage.notices.get(i).phase() == AlertPhase.FIRING) {
                told.add(stage.toldAt.get(i));
            }
        }
        assertThat(told).hasSize(3);
        assertThat(told.get(1) - told.get(0)).isBetween(60.0, 75.0);
        assertThat(told.get(2) - told.get(1)).isBetween(60.0, 75.0);
    }

    @Test
    void intervalModeEvaluatesOnTheGridOfPrometheusAlone() {
        Stage stage = new Stage(Configs.with(
                Stage.config(Stage.record("now", "vector(1)"), Stage.record("copy", "queue_length")),
                "evaluation::mode",
                EvaluationMode.INTERVAL));
        for (int time = 0; time <= 100; time += 5) {
            stage.until(time);
            feed(stage, 1, time);
        }
        List<Long> times = times(stage, "now{").stream()
                .map(seconds -> Stage.BEGIN + Math.round(seconds * 1000))
                .toList();
        assertThat(times).hasSizeBetween(6, 7);
        for (int i = 0; i < times.size(); i++) {
            assertThat(times.get(i)).isEqualTo(times.getFirst() + 15_000L * i);
        }
        // The grid is finer than milliseconds.
        assertThat(stage.rules.rules().groups().getFirst().slot(times.getFirst() + 1))
                .isEqualTo(times.getFirst());
    }

    @Test
    void samplesThatComeALittleLateAreSeen() {
        Stage stage = new Stage(Configs.with(
                Stage.config(Stage.record("both", "count(last_over_time(queue_length[4s]))")),
                "evaluation::allowed_lateness",
                Duration.ofSeconds(5)));
        stage.until(10);
        feed(stage, 1, 10);
        stage.until(14);
        feed(stage, 1, 9);
        stage.until(20);
        assertThat(times(stage, "both{").getFirst()).isBetween(9.0, 13.0);
    }

    @Test
    void whenAllSendersHaveGoneTimePassesAndAlertsResolve() {
        Stage stage = new Stage(Stage.config(QUEUE));
        for (int time = 0; time <= 60; time += 10) {
            stage.until(time);
            feed(stage, 9, time);
        }
        stage.until(600);
        assertThat(stage.phases().values()).containsExactly(AlertPhase.RESOLVED);
        // The lookback of five minutes after the last sample, and the next tick.
        assertThat(stage.changes(AlertPhase.RESOLVED).getFirst()).isBetween(360.0, 376.0);
    }

    @Test
    void reloadInTheMiddleOfForChangesNothing() {
        Stage undisturbed = new Stage(Stage.config(Stage.VERBATIM));
        Stage before = new Stage(Stage.config(Stage.VERBATIM));
        slow(undisturbed, 0, 700);
        slow(before, 0, 700);
        assertThat(before.phases().values()).containsExactly(AlertPhase.PENDING);
        before.rules.stop().await();
        assertThat(before.context.manualClock().pending()).isZero();

        Stage after = new Stage(
                Stage.config(Stage.record("added", "vector(1)"), Stage.VERBATIM), before.context.afterReload());
        slow(undisturbed, 700, 1000);
        slow(after, 700, 1000);
        assertThat(after.changes(AlertPhase.FIRING))
                .isEqualTo(undisturbed.changes(AlertPhase.FIRING))
                .containsExactly(735.0);
        assertThat(after.changes(AlertPhase.PENDING)).isEmpty();
    }

    @Test
    void reloadWithoutARuleEndsItsSeries() {
        Stage before = new Stage(Stage.config(Stage.record("gone", "queue_length"), QUEUE));
        feed(before, 9, 0);
        before.until(1);
        before.rules.stop().await();
        Stage after = new Stage(Stage.config(QUEUE), before.context.afterReload());
        after.until(20);
        feed(after, 9, 20);
        after.until(22);
        assertThat(after.samples).anyMatch(sample -> sample.startsWith("gone{") && sample.contains(" ended @"));
        assertThat(((AlertingRule)
                                after.rules.rules().groups().getFirst().rules().getFirst())
                        .state())
                .isEqualTo(AlertState.FIRING);
    }

    @Test
    void seriesBeyondTheBoundAreRefusedAndCountedWithTheRuleThatWantsThem() {
        Stage stage = new Stage(Configs.with(Stage.config(QUEUE), "limits::max_series", 1));
        feed(stage, 9, 0);
        Requests other = new Requests("api-gateway", "/x");
        stage.rules.observe(other.export(Stage.BEGIN)).await();
        Stage full = new Stage(Configs.with(Stage.config(Stage.VERBATIM), "limits::max_series", 3));
        full.rules.observe(other.export(Stage.BEGIN)).await();
        assertThat(full.context
                        .meters()
                        .value("rule_engine_series_rejected", Map.of("rule", "config;g;HighLatencyAPI")))
                .isEqualTo(12);
        assertThat(stage.context.meters().value("rule_engine_series_rejected", Map.of("rule", "config;g;QueueLong")))
                .isZero();
    }

    @Test
    void ruleThatFailsIsCountedAndTheOthersGoOn() {
        Stage stage = new Stage(Stage.config(
                Stage.record("bad", "queue_length * on() group_left () {__name__=~\"queue_length|queue_size\"}"),
                Stage.record("good", "queue_length")));
        feed(stage, 1, 0);
        stage.rules.observe(Gauges.of("queue.size", 1, Stage.BEGIN)).await();
        stage.until(1);
        assertThat(stage.context.meters().value("rule_evaluation_failures", Map.of("rule_group", "config;g")))
                .isPositive();
        assertThat(stage.samples).anyMatch(sample -> sample.startsWith("good{"));
    }

    @Test
    void evaluationsOfRulesAndGroupsAreTimedAlsoThoseThatFail() {
        Stage stage = new Stage(Stage.config(
                Stage.record("good", "queue_length"),
                Stage.record("bad", "queue_length * on() group_left () {__name__=~\"queue_length|queue_size\"}")));
        feed(stage, 1, 0);
        stage.rules.observe(Gauges.of("queue.size", 1, Stage.BEGIN)).await();
        stage.until(20);
        RecordingMeters meters = stage.context.meters();
        assertThat(meters.value("rule_group_iterations")).isPositive();
        assertThat(meters.value("rule_evaluation_duration_seconds", Map.of()))
                .isEqualTo(2 * meters.value("rule_group_iterations"));

        TestContext context = new TestContext("slo");
        RuleGroup group = stage.rules.rules().groups().getFirst();
        RuleMeters timed = new RuleMeters(context);
        timed.evaluated(group, 0, 9_000_000);
        timed.evaluated(group, 0, 1_500_000);
        assertThat(context.meters().value("rule_group_last_duration_seconds", Map.of("rule_group", "config;g")))
                .isEqualTo(0.0015);
    }

    @Test
    void resultsAreTheSameWithFourLoopsAsWithOne() {
        RuleConfig[] rules = {
            Stage.VERBATIM,
            Stage.record("path:requests:rate", "sum by (path) (rate(http_request_duration_seconds_count[1m]))"),
            Stage.alert("Busy", "path:requests:rate > 15", "30s")
        };
        Stage one = new Stage(Stage.config(rules));
        Stage four = new Stage(Stage.config(rules));
        List<SloRules> loops = new ArrayList<>(List.of(four.rules));
        for (int i = 1; i < 4; i++) {
            TestContext context = four.context.onAnotherLoop();
            SloRules other = new SloRules(
                    Stage.config(rules), new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""), four, context);
            other.start().await();
            loops.add(other);
        }
        SplittableRandom random = new SplittableRandom(7);
        List<Requests> services =
                List.of(new Requests("api-gateway", "/a"), new Requests("api-gateway", "/b"), new Requests("x", "/c"));
        for (int time = 0; time <= 1200; time += 10) {
            one.until(time);
            four.until(time);
            for (Requests service : services) {
                service.serve(random.nextInt(300), time > 600 ? 3 : 0.1);
                var export = service.export(Stage.BEGIN + time * 1000L);
                one.rules.observe(export).await();
                loops.get(random.nextInt(4)).observe(export).await();
            }
        }
        assertThat(one.changes(AlertPhase.FIRING)).hasSizeGreaterThan(2);
        assertThat(four.notices).isEqualTo(one.notices);
        assertThat(four.samples).isEqualTo(one.samples);
    }

    private static void feed(Stage stage, double value, long seconds) {
        stage.rules
                .observe(Gauges.of("queue.length", value, Stage.BEGIN + seconds * 1000))
                .await();
    }

    /** All requests are slow from ten minutes on. */
    static void slow(Stage stage, int from, int until) {
        Requests requests = new Requests("api-gateway", "/checkout");
        for (int time = 0; time < until; time += 15) {
            if (time > 0) {
                requests.serve(300, time > 600 ? 3 : 0.06);
            }
            if (time >= from) {
                stage.until(time);
                stage.rules.observe(requests.export(Stage.BEGIN + time * 1000L)).await();
            }
        }
        stage.until(until);
    }

    private static List<Double> times(Stage stage, String prefix) {
        return stage.samples.stream()
                .filter(sample -> sample.startsWith(prefix))
                .map(sample -> Double.parseDouble(sample.substring(sample.indexOf('@') + 1)))
                .toList();
    }
}
