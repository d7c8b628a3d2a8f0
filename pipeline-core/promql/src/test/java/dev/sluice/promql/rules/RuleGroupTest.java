package dev.sluice.promql.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.ParseException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleGroupTest {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final Labels NONE = Labels.EMPTY;

    private final MemorySeries series = new MemorySeries();
    private final List<Alert> sent = new ArrayList<>();

    private static RuleGroup group(long interval, int limit, long queryOffset, RuleSpec... rules)
            throws ParseException {
        return new RuleGroup(
                new GroupSpec("rules.yml", "g", interval, limit, queryOffset, QueryOptions.DEFAULT, List.of(rules)),
                new AlertTemplates(Labels.EMPTY, URI.create("http://sluice.example"), (query, time) -> List.of()));
    }

    private static RuleSpec.Alerting alert(String expr, long holdFor, long keepFiringFor) {
        return new RuleSpec.Alerting(
                "Down",
                expr,
                Labels.of("severity", "page"),
                Labels.of("summary", "{{ $labels.job }} is down"),
                holdFor,
                keepFiringFor);
    }

    private static RuleSpec.Recording record(String name, String expr) {
        return new RuleSpec.Recording(name, expr, Labels.of("by", "rule"));
    }

    private int evaluate(RuleGroup group, long time) {
        sent.clear();
        return group.evaluate(
                series,
                time,
                (labels, at, value, histogram) -> series.series(labels).add(at, 0, value, histogram),
                (rule, alerts) -> sent.addAll(alerts),
                MINUTE);
    }

    private void put(Labels labels, long time, double value) {
        series.series(labels).add(time, value);
    }

    private void up(String job, long time, double value) {
        put(Labels.of("__name__", "up", "job", job), time, value);
    }

    private static List<Alert> alerts(RuleGroup group) {
        return ((AlertingRule) group.rules().getFirst()).alerts();
    }

    private static AlertState state(RuleGroup group) {
        return ((AlertingRule) group.rules().getFirst()).state();
    }

    /** The last value of a series; NaN where it has ended or never was. */
    private double last(Labels labels) {
        Series found = series.find(labels);
        if (found == null) {
            return Double.NaN;
        }
        double value = found.value(found.to() - 1);
        return Series.stale(value) ? Double.NaN : value;
    }

    private static Labels alertSeries(String state) {
        return Labels.of(
                "__name__", "ALERTS", "alertname", "Down", "alertstate", state, "job", "a", "severity", "page");
    }

    @Test
    void anAlertIsPendingThenFiresThenIsResolved() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        up("a", MINUTE, 0);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);
        assertThat(evaluate(group, MINUTE)).isZero();
        assertThat(state(group)).isEqualTo(AlertState.PENDING);
        assertThat(sent).isEmpty();
        assertThat(last(alertSeries("pending"))).isEqualTo(1);
        assertThat(last(Labels.of("__name__", "ALERTS_FOR_STATE", "alertname", "Down", "job", "a", "severity", "page")))
                .isEqualTo(60);

        evaluate(group, 2 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.PENDING);
        evaluate(group, 3 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        assertThat(last(alertSeries("pending"))).isNaN();
        assertThat(last(alertSeries("firing"))).isEqualTo(1);
        assertThat(sent).hasSize(1);
        Alert fired = sent.getFirst();
        assertThat(fired.labels()).isEqualTo(Labels.of("alertname", "Down", "job", "a", "severity", "page"));
        assertThat(fired.annotations()).isEqualTo(Labels.of("summary", "a is down"));
        assertThat(fired.activeAt()).isEqualTo(MINUTE);
        assertThat(fired.firedAt()).isEqualTo(3 * MINUTE);
        assertThat(fired.validUntil()).isEqualTo(7 * MINUTE);

        // Not yet due again: the delay has to be over.
        evaluate(group, 4 * MINUTE);
        assertThat(sent).isEmpty();
        evaluate(group, 5 * MINUTE);
        assertThat(sent).hasSize(1);

        up("a", 6 * MINUTE, 1);
        evaluate(group, 6 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);
        assertThat(sent).singleElement().matches(a -> a.resolvedAt() == 6 * MINUTE);
        assertThat(last(alertSeries("firing"))).isNaN();

        // Sent again for a quarter of an hour, then forgotten.
        evaluate(group, 21 * MINUTE);
        assertThat(sent).hasSize(1);
        evaluate(group, 22 * MINUTE);
        assertThat(sent).isEmpty();
        assertThat(alerts(group)).isEmpty();
    }

    @Test
    void aPendingAlertIsForgottenWhenTheConditionNoLongerHolds() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        up("a", MINUTE, 0);
        evaluate(group, MINUTE);
        up("a", 2 * MINUTE, 1);
        evaluate(group, 2 * MINUTE);
        assertThat(alerts(group)).isEmpty();
        assertThat(last(alertSeries("pending"))).isNaN();
    }

    @Test
    void anAlertKeepsFiring() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up == 0", 0, 2 * MINUTE));
        up("a", MINUTE, 0);
        evaluate(group, MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        up("a", 2 * MINUTE, 1);
        evaluate(group, 2 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.keepFiringSince() == 2 * MINUTE);
        up("a", 3 * MINUTE, 0);
        evaluate(group, 3 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.keepFiringSince() == 0);
        up("a", 4 * MINUTE, 1);
        evaluate(group, 4 * MINUTE);
        evaluate(group, 5 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        evaluate(group, 6 * MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.INACTIVE);

        // It comes back as a new alert.
        up("a", 7 * MINUTE, 0);
        evaluate(group, 7 * MINUTE);
        assertThat(alerts(group)).singleElement().matches(a -> a.activeAt() == 7 * MINUTE && a.resolvedAt() == 0);
    }

    @Test
    void rulesSeeWhatThoseBeforeThemRecorded() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, record("a", "up * 2"), record("b", "a * 10"), record("c", "3"));
        up("a", MINUTE, 4);
        evaluate(group, MINUTE);
        assertThat(last(Labels.of("__name__", "b", "by", "rule", "job", "a"))).isEqualTo(80);
        assertThat(last(Labels.of("__name__", "c", "by", "rule"))).isEqualTo(3);

        // A series that is no longer recorded ends at once.
        up("a", 2 * MINUTE, Series.STALE);
        evaluate(group, 2 * MINUTE);
        assertThat(last(Labels.of("__name__", "b", "by", "rule", "job", "a"))).isNaN();
        assertThat(group.rules())
                .allMatch(rule -> rule.health() == RuleHealth.GOOD && rule.evaluatedAt() == 2 * MINUTE);
    }

    @Test
    void queriesLookBackByTheOffset() throws ParseException {
        RuleGroup group = group(MINUTE, 0, MINUTE, record("a", "up"));
        up("a", MINUTE, 1);
        up("a", 2 * MINUTE, 2);
        evaluate(group, 2 * MINUTE);
        Series recorded = series.find(Labels.of("__name__", "a", "by", "rule", "job", "a"));
        assertThat(recorded).isNotNull();
        assertThat(recorded.time(recorded.from())).isEqualTo(MINUTE);
        assertThat(recorded.value(recorded.from())).isEqualTo(1);
    }

    @Test
    void aFailedEvaluationLeavesAllAsItWas() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, alert("up * on (job) group_left () limits", 0, 0));
        up("a", MINUTE, 2);
        put(Labels.of("__name__", "limits", "job", "a"), MINUTE, 1);
        evaluate(group, MINUTE);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        put(Labels.of("__name__", "limits", "job", "a", "kind", "other"), 2 * MINUTE, 1);
        assertThat(evaluate(group, 2 * MINUTE)).isEqualTo(1);
        assertThat(state(group)).isEqualTo(AlertState.FIRING);
        assertThat(last(alertSeries("firing"))).isEqualTo(1);
        Rule rule = group.rules().getFirst();
        assertThat(rule.health()).isEqualTo(RuleHealth.BAD);
        assertThat(rule.error()).startsWith("found duplicate series for the match group {job=\"a\"}");
    }

    @Test
    void resultsThatCannotBeToldApartAreAnError() throws ParseException {
        up("a", MINUTE, 0);
        up("b", MINUTE, 0);
        RuleGroup group = group(
                MINUTE,
                0,
                0,
                new RuleSpec.Alerting("Down", "up == 0", Labels.of("job", "any"), NONE, 0, 0),
                new RuleSpec.Recording("a", "up", Labels.of("job", "any")),
                new RuleSpec.Recording("b", "\"text\"", NONE));
        assertThat(evaluate(group, MINUTE)).isEqualTo(3);
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
        up("a", MINUTE, 0);
        assertThat(evaluate(group, MINUTE)).isZero();
        up("b", 2 * MINUTE, 0);
        assertThat(evaluate(group, 2 * MINUTE)).isEqualTo(2);
        assertThat(alerts(group)).isEmpty();
        assertThat(group.rules())
                .extracting(Rule::error)
                .containsExactly("exceeded limit of 1 with 2 alerts", "exceeded limit of 1 with 2 series");
    }

    @Test
    void aNewVersionGoesOnWhereTheOldOneWas() throws ParseException {
        RuleGroup older = group(MINUTE, 0, 0, alert("up == 0", 0, 0), record("gone", "up"));
        up("a", MINUTE, 0);
        evaluate(older, MINUTE);
        RuleGroup newer = group(MINUTE, 0, 0, alert("up < 1", 5 * MINUTE, 0), record("new", "up"));
        newer.takeOver(older);
        assertThat(state(newer)).isEqualTo(AlertState.FIRING);
        evaluate(newer, 2 * MINUTE);
        // It must hold for longer now.
        assertThat(alerts(newer))
                .singleElement()
                .matches(a -> a.activeAt() == MINUTE && a.state() == AlertState.PENDING && a.firedAt() == 0);
        assertThat(last(alertSeries("firing"))).isNaN();
        assertThat(last(Labels.of("__name__", "gone", "by", "rule", "job", "a")))
                .isNaN();
        up("a", 6 * MINUTE, 0);
        evaluate(newer, 6 * MINUTE);
        assertThat(state(newer)).isEqualTo(AlertState.FIRING);
    }

    @Test
    void whatFiresGoesOnFiringAfterARestart() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0), record("gone", "up"));
        up("a", MINUTE, 0);
        evaluate(before, MINUTE);
        evaluate(before, 3 * MINUTE);
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        after.restore(before.save(), 4 * MINUTE);
        assertThat(alerts(after)).isEqualTo(alerts(before));
        up("a", 4 * MINUTE, 0);
        evaluate(after, 4 * MINUTE);
        assertThat(alerts(after))
                .singleElement()
                .matches(a -> a.state() == AlertState.FIRING && a.firedAt() == 3 * MINUTE);
        assertThat(last(Labels.of("__name__", "gone", "by", "rule", "job", "a")))
                .as("a rule that is no more ends its series")
                .isNaN();
    }

    @Test
    void whatFiresIsResolvedOnlyOnceDataHasHadTimeToComeAgain() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        up("a", MINUTE, 0);
        evaluate(before, MINUTE);
        series.clear();
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        after.restore(before.save(), 2 * MINUTE);
        evaluate(after, 2 * MINUTE);
        evaluate(after, 3 * MINUTE);
        assertThat(state(after)).isEqualTo(AlertState.FIRING);
        assertThat(last(alertSeries("firing"))).isEqualTo(1);
        evaluate(after, 4 * MINUTE);
        assertThat(sent).singleElement().matches(a -> a.resolvedAt() == 4 * MINUTE);
    }

    @Test
    void whatIsPendingNeitherGoesNorFiresWhileDataIsMissingAfterARestart() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 20 * MINUTE, 0));
        up("a", MINUTE, 0);
        evaluate(before, MINUTE);
        series.clear();
        RuleGroup after = group(10 * MINUTE, 0, 0, alert("up == 0", 20 * MINUTE, 0));
        after.restore(before.save(), 2 * MINUTE);
        evaluate(after, 21 * MINUTE);
        assertThat(state(after)).isEqualTo(AlertState.PENDING);
        evaluate(after, 22 * MINUTE);
        assertThat(alerts(after)).isEmpty();
    }

    /** The cases of {@code Group.RestoreForState} of Prometheus' rules/group.go, with its grace period of 10 and its tolerance of 60 minutes. */
    @ParameterizedTest
    @CsvSource({
        // for, active at, down at, up at: active at after the restart; - where the alert begins anew
        "2, 10, 11, 12, -",
        "9, 10, 11, 12, -",
        "10, 10, 20, 25, 10",
        "10, 10, 15, 16, 16",
        "30, 10, 35, 40, 20",
        "30, 10, 30, 40, 20",
        "30, 10, 29, 40, 21",
        "30, 10, 11, 70, 69",
        "30, 10, 11, 72, -"
    })
    void whatIsPendingIsTreatedAsByPrometheus(long holdFor, long activeAt, long downAt, long upAt, String expected)
            throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", holdFor * MINUTE, 0));
        up("a", activeAt * MINUTE, 0);
        evaluate(before, activeAt * MINUTE);
        Alert pending = alerts(before).getFirst();
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", holdFor * MINUTE, 0));
        SavedRule saved = new SavedRule(before.rules().getFirst().spec().identity(), List.of(pending), List.of());
        after.restore(new SavedGroup(before.toString(), downAt * MINUTE, List.of(saved)), upAt * MINUTE);
        assertThat(alerts(after).stream().map(Alert::activeAt))
                .containsExactlyElementsOf(
                        expected.equals("-") ? List.of() : List.of(Long.parseLong(expected) * MINUTE));
    }

    @Test
    void ofALongOutageNothingIsKept() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        up("a", MINUTE, 0);
        evaluate(before, MINUTE);
        assertThat(state(before)).isEqualTo(AlertState.FIRING);
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        after.restore(before.save(), 62 * MINUTE);
        assertThat(alerts(after)).isEmpty();
    }

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
                put(labels, time, bound.equals("1") || bound.equals("2.5") ? fast : all);
            }
            evaluate(group, time);
            pending = pending == 0 && state(group) == AlertState.PENDING ? time : pending;
            firing = state(group) == AlertState.FIRING ? time : 0;
        }
        assertThat(pending - onset).isEqualTo(15 * SECOND);
        assertThat(firing - onset).isEqualTo(135 * SECOND);
        assertThat(sent)
                .singleElement()
                .matches(a ->
                        a.annotations().equals(Labels.of("summary", "95th percentile latency > 1.8s on /checkout")));
    }
}
