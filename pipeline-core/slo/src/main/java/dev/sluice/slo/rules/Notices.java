package dev.sluice.slo.rules;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertSink;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.slo.series.Exemplar;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.series.WatchedRule;
import java.util.ArrayList;
import java.util.List;

/** Collects what there is to tell of a group's alerts in one evaluation. */
final class Notices implements AlertSink {
    /** An exemplar shows what an alert is about if it is not much older than the condition. */
    private static final long EXEMPLAR_AGE = 5 * 60_000L;

    /** To make log records or messages of so many takes some milliseconds. */
    private static final int PIECE = 500;

    private final RuleGroup group;
    private final SeriesStore store;
    private final RuleMeters meters;
    private final List<AlertNotice> collected = new ArrayList<>();

    Notices(RuleGroup group, SeriesStore store, RuleMeters meters) {
        this.group = group;
        this.store = store;
        this.meters = meters;
    }

    /** Those that fire or are resolved. */
    @Override
    public void send(RuleSpec.Alerting rule, List<Alert> alerts) {
        alerts.forEach(alert -> add(rule, alert));
    }

    /** Adds those that became pending in the evaluation for that time. */
    void addPending(long time) {
        for (Rule rule : group.rules()) {
            if (rule instanceof AlertingRule alerting && alerting.state() != AlertState.INACTIVE) {
                for (Alert alert : alerting.alerts()) {
                    if (alert.state() == AlertState.PENDING && alert.activeAt() == time) {
                        add(alerting.spec(), alert);
                    }
                }
            }
        }
    }

    /** Tells of a few hundred that the evaluation for that time has led to; true if there are no more. */
    boolean tell(long time, long now, RuleOutput output) {
        if (collected.isEmpty()) {
            return true;
        }
        List<AlertNotice> next = collected.subList(0, Math.min(PIECE, collected.size()));
        List<AlertNotice> told = List.copyOf(next);
        next.clear();
        for (AlertNotice notice : told) {
            boolean begins = notice.phase() == AlertPhase.PENDING
                    || (notice.phase() == AlertPhase.FIRING && notice.times().activeAt() == time);
            if (begins) {
                meters.detected(now - time);
            }
            if (notice.phase() == AlertPhase.FIRING && !notice.repeat()) {
                meters.fired(now - notice.times().dueAt());
            }
        }
        output.alerts(told);
        return collected.isEmpty();
    }

    private void add(RuleSpec.Alerting rule, Alert alert) {
        WatchedRule watched = new WatchedRule(group.spec(), group.spec().rules().indexOf(rule));
        Exemplar exemplar = store.exemplar(watched, alert.labels(), alert.activeAt() - EXEMPLAR_AGE);
        AlertNotice.Exemplar shown = exemplar == null
                ? AlertNotice.Exemplar.NONE
                : new AlertNotice.Exemplar(exemplar.traceIdHex(), exemplar.spanIdHex());
        collected.add(AlertNotice.of(rule, group.spec().name(), alert, "", shown));
    }
}
