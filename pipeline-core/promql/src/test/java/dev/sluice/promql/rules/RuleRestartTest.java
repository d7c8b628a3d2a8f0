package dev.sluice.promql.rules;

import static dev.sluice.promql.rules.RuleStage.MINUTE;
import static dev.sluice.promql.rules.RuleStage.alert;
import static dev.sluice.promql.rules.RuleStage.alertSeries;
import static dev.sluice.promql.rules.RuleStage.alerts;
import static dev.sluice.promql.rules.RuleStage.group;
import static dev.sluice.promql.rules.RuleStage.record;
import static dev.sluice.promql.rules.RuleStage.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules know after a restart. */
class RuleRestartTest {
    private final RuleStage stage = new RuleStage();

    @Test
    void whatFiresGoesOnFiringAfterARestart() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0), record("gone", "up"));
        stage.up("a", MINUTE, 0);
        stage.evaluate(before, MINUTE);
        stage.evaluate(before, 3 * MINUTE);
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 2 * MINUTE, 0));
        after.restore(before.save(), 4 * MINUTE);
        assertThat(alerts(after)).isEqualTo(alerts(before));
        stage.up("a", 4 * MINUTE, 0);
        stage.evaluate(after, 4 * MINUTE);
        assertThat(alerts(after))
                .singleElement()
                .matches(a -> a.state() == AlertState.FIRING && a.firedAt() == 3 * MINUTE);
        assertThat(stage.last(Labels.of("__name__", "gone", "by", "rule", "job", "a")))
                .as("a rule that is no more ends its series")
                .isNaN();
    }

    @Test
    void whatFiresIsResolvedOnlyOnceDataHasHadTimeToComeAgain() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        stage.up("a", MINUTE, 0);
        stage.evaluate(before, MINUTE);
        stage.series.clear();
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        after.restore(before.save(), 2 * MINUTE);
        stage.evaluate(after, 2 * MINUTE);
        stage.evaluate(after, 3 * MINUTE);
        assertThat(state(after)).isEqualTo(AlertState.FIRING);
        assertThat(stage.last(alertSeries("firing"))).isEqualTo(1);
        stage.evaluate(after, 4 * MINUTE);
        assertThat(stage.sent).singleElement().matches(a -> a.resolvedAt() == 4 * MINUTE);
    }

    @Test
    void whatIsPendingNeitherGoesNorFiresWhileDataIsMissingAfterARestart() throws ParseException {
        RuleGroup before = group(MINUTE, 0, 0, alert("up == 0", 20 * MINUTE, 0));
        stage.up("a", MINUTE, 0);
        stage.evaluate(before, MINUTE);
        stage.series.clear();
        RuleGroup after = group(10 * MINUTE, 0, 0, alert("up == 0", 20 * MINUTE, 0));
        after.restore(before.save(), 2 * MINUTE);
        stage.evaluate(after, 21 * MINUTE);
        assertThat(state(after)).isEqualTo(AlertState.PENDING);
        stage.evaluate(after, 22 * MINUTE);
        assertThat(alerts(after)).isEmpty();
    }

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
        stage.up("a", activeAt * MINUTE, 0);
        stage.evaluate(before, activeAt * MINUTE);
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
        stage.up("a", MINUTE, 0);
        stage.evaluate(before, MINUTE);
        assertThat(state(before)).isEqualTo(AlertState.FIRING);
        RuleGroup after = group(MINUTE, 0, 0, alert("up == 0", 0, 0));
        after.restore(before.save(), 62 * MINUTE);
        assertThat(alerts(after)).isEmpty();
    }
}
