package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.rules.Expander;
import dev.sluice.promql.rules.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final long NOW = Stage.BEGIN;
    private static final long INTERVAL = 15_000;

    private final RuleGroup group;

    AgendaTest() throws Exception {
        group = new RuleGroup(
                RuleSources.load(Stage.config(Stage.record("r", "x"))).groups().getFirst(), Expander.NONE);
    }

    @Test
    void ticksThatAreTooFarBehindAreMissedAndTheRestMadeUpForInOrder() {
        Agenda agenda = new Agenda(group, EvaluationMode.INTERVAL, NOW);
        long later = NOW + 100 * INTERVAL;
        List<Long> times = new ArrayList<>();
        for (Long due = agenda.due(later, later, later); due != null; due = agenda.due(later, later, later)) {
            times.add(due);
        }
        assertThat(times).hasSize(20).isSorted().endsWith(group.slot(later));
        assertThat(agenda.missed()).isEqualTo(80);
    }

    @Test
    void evaluationsBecauseOfSamplesLeaveTheLoopNineTenthsOfItsTime() {
        Agenda agenda = new Agenda(group, EvaluationMode.EVENT, NOW);
        agenda.sampled(NOW);
        assertThat(agenda.due(NOW, NOW, NOW)).isEqualTo(NOW);
        agenda.evaluated(NOW, 500);
        agenda.sampled(NOW + 4000);
        assertThat(agenda.due(NOW + 4400, NOW + 4400, NOW + 4400)).isNull();
        assertThat(agenda.next(NOW + 4400, NOW + 4400)).isLessThanOrEqualTo(NOW + 5400);
        assertThat(agenda.due(NOW + 4500, NOW + 4500, NOW + 4500)).isEqualTo(NOW + 4000);
    }

    @Test
    void ticksThatPassedUnseenAreMissedInHybridModeToo() {
        Agenda agenda = new Agenda(group, EvaluationMode.HYBRID, NOW);
        long later = NOW + 10 * INTERVAL;
        assertThat(agenda.due(later, later, later)).isEqualTo(later);
        assertThat(agenda.missed()).isEqualTo(9);
    }
}
