package dev.sluice.promql.rules;

import static dev.sluice.promql.rules.RuleStage.MINUTE;
import static dev.sluice.promql.rules.RuleStage.alert;
import static dev.sluice.promql.rules.RuleStage.alerts;
import static dev.sluice.promql.rules.RuleStage.group;
import static dev.sluice.promql.rules.RuleStage.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.syntax.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule with a long result, which is evaluated in pieces. */
class RuleRunTest {
    private static final int JOBS = 1300;

    private final RuleStage stage = new RuleStage();

    private void up(long time, double value) {
        for (int i = 0; i < JOBS; i++) {
            stage.up("job-" + i, time, value);
        }
    }

    @Test
    void whatARuleShowsIsWholeAtAnyTimeThoughItIsEvaluatedInPieces() throws ParseException {
        RuleGroup group = group(MINUTE, 0, 0, record("twice", "2 * up"), alert("up == 0", 0, 0));
        up(MINUTE, 0);
        stage.evaluate(group, MINUTE);
        up(2 * MINUTE, 1);
        List<Integer> recorded = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        RuleGroup.Evaluation evaluation =
                group.new Evaluation(stage.series, 2 * MINUTE, stage::write, (rule, told) -> {}, MINUTE);
        while (evaluation.hasNext()) {
            evaluation.next();
            Samples shown = group.rules().getFirst().samples();
            recorded.add(shown.size());
            values.add(shown.value(0));
            known.add(alerts(group, 1).size());
        }
        assertThat(recorded)
                .as("one of several pieces each")
                .hasSizeGreaterThan(2 * JOBS / 500)
                .containsOnly(JOBS);
        assertThat(values).startsWith(0.0).endsWith(2.0).isSorted();
        assertThat(known).containsOnly(JOBS);
    }

    @Test
    void aResultThatFailsInALaterPieceLeavesNothingOfItself() throws ParseException {
        RuleGroup group = group(MINUTE, JOBS - 1, 0, record("twice", "2 * up"), record("few", "count(up)"));
        up(MINUTE, 1);
        assertThat(stage.evaluate(group, MINUTE)).isEqualTo(1);
        assertThat(group.rules().getFirst().samples().size()).isZero();
        assertThat(group.rules().getFirst().health()).isEqualTo(RuleHealth.BAD);
        assertThat(group.rules().get(1).health()).isEqualTo(RuleHealth.GOOD);
    }
}
