package dev.sluice.promql.rules;

import static dev.sluice.promql.rules.RuleStage.MINUTE;
import static dev.sluice.promql.rules.RuleStage.SECOND;
import static dev.sluice.promql.rules.RuleStage.alert;
import static dev.sluice.promql.rules.RuleStage.alertSeries;
import static dev.sluice.promql.rules.RuleStage.alerts;
import static dev.sluice.promql.rules.RuleStage.group;
import static dev.sluice.promql.rules.RuleStage.record;
import static dev.sluice.promql.rules.RuleStage.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.ParseException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleGroupTest {
    private static final Labels NONE = Labels.EMPTY;
    private final RuleStage stage = new RuleStage();

    @Test
    void anAlertIsPendingThenFiresThenIsResolved() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        stage.up("a", MINUTE, 0);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);
        assertThat(stage.evaluate(group, MINUTE)).isZero();
        assertThat(state(group)).isEqualTo(AlertState.PENDING);
        assertThat(stage.sent).isEmpty();
        assertThat(stage.last(alertSeries("pending"))).isEqualTo(1);
        assertThat(stage.last(
                        Labels.of("__name__", "ALERTS_FOR_STATE", "alertname", "Down", "job", "a", "severity", "page")))
                .isEqualTo(60);

        stage.evaluate(group, 2 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.PENDING);
        stage.evaluate(group, 3 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        assertThat(stage.last(alertSeries("pending"))).isNaN();
        assertThat(stage.last(alertSeries("firing"))).isEqualTo(1);
        assertThat(stage.sent).hasSize(1);
        Alert fired = stage.sent.getFirst();
        assertThat(fired.labels()).isEqualTo(Labels.of("alertname", "Down", "job", "a", "severity", "page"));
        assertThat(fired.annotations()).isEqualTo(Labels.of("summary", "a is down"));
        assertThat(fired.activeAt()).isEqualTo(MINUTE);
        assertThat(fired.firedAt()).isEqualTo(3 * MINUTE);
        assertThat(fired.validUntil()).isEqualTo(7 * MINUTE);

        // Not yet due again: the delay has to be over.
        stage.evaluate(group, 4 * MINUTE);
        assertThat(stage.sent).isEmpty();
        stage.evaluate(group, 5 * MINUTE);
        assertThat(stage.sent).hasSize(1);

        stage.up("a", 6 * MINUTE, 1);
        stage.evaluate(group, 6 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);
        assertThat(stage.sent).singleElement().matches(a -> a.resolvedAt() == 6 * MINUTE);
        assertThat(stage.last(alertSeries("firing"))).isNaN();

        // Sent again for a quarter of an hour, then forgotten.
        stage.evaluate(group, 21 * MINUTE);
        assertThat(stage.sent).hasSize(1);
        stage.evaluate(group, 22 * MINUTE);
        assertThat(stage.sent).isEmpty();
        assertThat(alerts(group)).isEmpty();
    }

    @Test
    void aPendingAlertIsForgottenWhenTheConditionNoLongerHolds() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        stage.up("a", MINUTE, 0);
        stage.evaluate(group, MINUTE);
        stage.up("a", 2 * MINUTE, 1);
        stage.evaluate(group, 2 * MINUTE);
        assertThat(alerts(group)).isEmpty();
        assertThat(stage.last(alertSeries("pending"))).isNaN();
    }

    @Test
    void anAlertKeepsFiring() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 0, 2 * MINUTE));
        stage.up("a", MINUTE, 0);
        stage.evaluate(group, MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        stage.up("a", 2 * MINUTE, 1);
        stage.evaluate(group, 2 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.keepFiringSince() == 2 * MINUTE);
        stage.up("a", 3 * MINUTE, 0);
        stage.evaluate(group, 3 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.keepFiringSince() == 0);
        stage.up("a", 4 * MINUTE, 1);
        stage.evaluate(group, 4 * MINUTE);
        stage.evaluate(group, 5 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        stage.evaluate(group, 6 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);

        // It comes back as a new alert.
        stage.up("a", 7 * MINUTE, 0);
        stage.evaluate(group, 7 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.activeAt() == 7 * MINUTE && a.resolvedAt() == 0);
    }

    @Test
    void rulesSeeWhatThoseBeforeThemRecorded() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, record("a", "up * 2"), record("b", "a * 10"), record("c", "3"));
        stage.up("a", MINUTE, 4);
        stage.evaluate(group, MINUTE);
        assertThat(stage.last(Labels.of("__name__", "b", "by", "rule", "job", "a")))
                .isEqualTo(80);
        assertThat(stage.last(Labels.of("__name__", "c", "by", "rule"))).isEqualTo(3);

        // A series that is no longer recorded ends at once.
        stage.up("a", 2 * MINUTE, Series.STALE);
        stage.evaluate(group, 2 * MINUTE);
        assertThat(stage.last(Labels.of("__name__", "b", "by", "rule", "job", "a")))
                .isNaN();
        assertThat(group.rules())
                .allMatch(rule -> rule.health() == RuleHealth.GOOD && rule.evaluatedAt() == 2 * MINUTE);
    }

    @Test
    void queriesLookBackByTheOffset() throws ParseException {
        RuleGroup group = group(MINUTE, 0, MINUTE, record("a", "up"));
        stage.up("a", MINUTE, 1);
        stage.up("a", 2 * MINUTE, 2);
        stage.evaluate(group, 2 * MINUTE);
        Series recorded = stage.series.find(Labels.of("__name__", "a", "by", "rule", "job", "a"));
        assertThat(recorded).isNotNull();
        assertThat(recorded.time(recorded.from())).isEqualTo(MINUTE);
        assertThat(recorded.value(recorded.from())).isEqualTo(1);
    }

    @Test
    void aFailedEvaluationLeavesAllAsItWas() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up * on (job) group_left () limits", 0, 0));
        stage.up("a", MINUTE, 2);
        stage.put(Labels.of("__name__", "limits", "job", "a"), MINUTE, 1);
        stage.evaluate(group, MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        stage.put(Labels.of("__name__", "limits", "job", "a", "kind", "other"), 2 * MINUTE, 1);
        assertThat(stage.evaluate(group, 2 * MINUTE)).isEqualTo(1);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        assertThat(stage.last(alertSeries("firing"))).isEqualTo(1);
        Rule rule = group.rules().getFirst();
        assertThat(rule.health()).isEqualTo(RuleHealth.BAD);
        assertThat(rule.error()).startsWith("found duplicate series for the match group {job=\"a\"}");
    }

    @Test
    void resultsThatCannotBeToldApartAreAnError() throws ParseException {
        stage.up("a", MINUTE, 0);
        stage.up("b", MINUTE, 0);
        RuleGroup group = group(
                MINUTE,
                0,
                0,
                new RuleSpec.Alerting("Down", "up == 0", Labels.of("job", "any"), NONE, 0, 0),
                new RuleSpec.Recording("a", "up", Labels.of("job", "any")),
                new RuleSpec.Recording("b", "\"text\"", NONE));
        assertThat(stage.evaluate(group, MINUTE)).isEqualTo(3);
        assertThat(group.rules())
                .extracting(Rule::error)
                .containsExactly(
                        "vector contains metrics with the same labelset after applying alert labels",
                        "vector contains metrics with the same labelset after applying rule labels",
                        "rule result is not a vector or scalar");
    }

    @Test
    void aRuleOverItsLimitHasNothing() throws ParseException {
        RuleGroup group = group(MINUTE, 1, 0, alert("up == 0", 0, 0), record("a", "up"));
        stage.up("a", MINUTE, 0);
        assertThat(stage.evaluate(group, MINUTE)).isZero();
        stage.up("b", 2 * MINUTE, 0);
        assertThat(stage.evaluate(group, 2 * MINUTE)).isEqualTo(2);
        assertThat(alerts(group)).isEmpty();
        assertThat(group.rules())
                .extracting(Rule::error)
                .containsExactly("exceeded limit of 1 with 2 alerts", "exceeded limit of 1 with 2 series");
    }

    @Test
    void aNewVersionGoesOnWhereTheOldOneWas() throws ParseException {
        RuleGroup older = group(MINUTE, 0, 0, alert("up == 0", 0, 0), record("gone", "up"));
        stage.up("a", MINUTE, 0);
        stage.evaluate(older, MINUTE);
        RuleGroup newer = group(MINUTE, 0, 0, alert("up < 1", 5 * MINUTE, 0), record("new", "up"));
        newer.takeOver(older);
        assertThat(state(newer)).isEqualTo(AlertState.FIRING);
        stage.evaluate(newer, 2 * MINUTE);
        // It must hold for longer now.
        assertThat(alerts(newer))
                .singleElement()
                .matches(a -> a.activeAt() == MINUTE && a.state() == AlertState.PENDING && a.firedAt() == 0);
        assertThat(stage.last(alertSeries("firing"))).isNaN();
        assertThat(stage.last(Labels.of("__name__", "gone", "by", "rule", "job", "a")))
                .isNaN();
        stage.up("a", 6 * MINUTE, 0);
        stage.evaluate(newer, 6 * MINUTE);
        assertThat(state(newer)).isEqualTo(AlertState.FIRING);
    }

    /** The cases of {@code Group.RestoreForState} of Prometheus' rules/group.go, with its grace period of 10 and its tolerance of 60 minutes. */
    @Test
    void aGroupHasAGridOfItsOwn() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0);
        long slot = group.slot(1_700_000_000_000L);
        assertThat(slot).isBetween(1_700_000_000_000L - MINUTE, 1_700_000_000_000L);
        assertThat(group.slot(slot + MINUTE + 1)).isEqualTo(slot + MINUTE);
        assertThatThrownBy(() -> group(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(group).hasToString("rules.yml;g");
    }

    /** Measured with promtool and with the engine of Prometheus 3.16: pending after 15 s, firing after 135 s. */
    @Test
    void highLatencyFiresWhenPrometheusFires() throws ParseException {
        RuleGroup group = new RuleGroup(
                new GroupSpec(
                        "rules.yml",
                        "g",
                        15 * SECOND,
                        0,
                        0,
                        QueryOptions.DEFAULT,
                        List.of(new RuleSpec.Alerting(
                                "HighLatencyAPI",
                                "histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket"
                                        + "{job=\"api-gateway\"}[5m])) by (le, path)) > 1.8",
                                Labels.of("severity", "critical"),
                                Labels.of("summary", "95th percentile latency > 1.8s on {{ $labels.path }}"),
                                2 * MINUTE,
                                0))),
                new AlertTemplates(Labels.EMPTY, URI.create("http://sluice.example"), (query, time) -> List.of()));
        long onset = 10 * MINUTE;
        long pending = 0;
        long firing = 0;
        for (long time = 0; firing == 0; time += 15 * SECOND) {
            long steps = time / (15 * SECOND);
            double all = 300.0 * steps;
            double fast = Math.min(all, 12_000);
            for (String bound : List.of("1", "2.5", "5", "+Inf")) {
                Labels labels = Labels.of(
                        "__name__",
                        "http_request_duration_seconds_bucket",
                        "job",
                        "api-gateway",
                        "path",
                        "/checkout",
                        "instance",
                        "a",
                        "le",
                        bound);
                stage.put(labels, time, bound.equals("1") || bound.equals("2.5") ? fast : all);
            }
            stage.evaluate(group, time);
            pending = pending == 0 && state(group) == AlertState.PENDING ? time : pending;
            firing = state(group) == AlertState.FIRING ? time : 0;
        }
        assertThat(pending - onset).isEqualTo(15 * SECOND);
        assertThat(firing - onset).isEqualTo(135 * SECOND);
        assertThat(stage.sent)
                .singleElement()
                .matches(a ->
                        a.annotations().equals(Labels.of("summary", "95th percentile latency > 1.8s on /checkout")));
    }
}
