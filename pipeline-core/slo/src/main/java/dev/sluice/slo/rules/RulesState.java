package dev.sluice.slo.rules;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.SavedGroup;
import dev.sluice.promql.rules.SavedRule;
import dev.sluice.promql.series.Labels;
import dev.sluice.slo.series.SavedSeries;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a set of rules knows, as it is read from a file: groups first, then series one after the other until a flag says that there are no more.
 *
 * @param newest the time of the newest sample
 */
record RulesState(long newest, List<SavedGroup> groups, List<SavedSeries> series) {
    /** Writes what comes before the series. */
    static void write(long newest, List<SavedGroup> groups, StateWriter out) {
        out.number(newest);
        out.number(groups.size());
        groups.forEach(group -> write(group, out));
    }

    static void write(SavedSeries series, StateWriter out) {
        out.flag(true);
        series.write(out);
    }

    static void end(StateWriter out) {
        out.flag(false);
    }

    static RulesState read(StateReader in) throws IOException {
        long newest = in.number();
        List<SavedGroup> groups = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            groups.add(readGroup(in));
        }
        List<SavedSeries> series = new ArrayList<>();
        while (in.flag()) {
            series.add(SavedSeries.read(in));
        }
        return new RulesState(newest, groups, series);
    }

    private static void write(SavedGroup group, StateWriter out) {
        out.text(group.name());
        out.number(group.evaluatedAt());
        out.number(group.rules().size());
        for (SavedRule rule : group.rules()) {
            out.text(rule.identity());
            out.number(rule.alerts().size());
            rule.alerts().forEach(alert -> write(alert, out));
            out.number(rule.written().size());
            rule.written().forEach(out::labels);
        }
    }

    private static SavedGroup readGroup(StateReader in) throws IOException {
        String name = in.text();
        long evaluatedAt = in.number();
        List<SavedRule> rules = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            rules.add(readRule(in));
        }
        return new SavedGroup(name, evaluatedAt, rules);
    }

    private static SavedRule readRule(StateReader in) throws IOException {
        String identity = in.text();
        List<Alert> alerts = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            alerts.add(readAlert(in));
        }
        List<Labels> written = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            written.add(in.labels());
        }
        return new SavedRule(identity, alerts, written);
    }

    private static void write(Alert alert, StateWriter out) {
        out.labels(alert.labels());
        out.labels(alert.annotations());
        out.text(alert.state().name());
        out.value(alert.value());
        out.number(alert.activeAt());
        out.number(alert.firedAt());
        out.number(alert.resolvedAt());
        out.number(alert.lastSentAt());
        out.number(alert.validUntil());
        out.number(alert.keepFiringSince());
    }

    private static Alert readAlert(StateReader in) throws IOException {
        return new Alert(
                in.labels(),
                in.labels(),
                AlertState.valueOf(in.text()),
                in.value(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }
}
