package dev.sluice.slo.rules;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.SavedGroup;
import dev.sluice.promql.rules.SavedRule;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import dev.sluice.slo.series.SavedPanes;
import dev.sluice.slo.series.SavedSeries;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.state.StatePart;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a set of rules knows, as it is read from a file: groups first, then series one after the other until a flag says that there are no more, then
 * sums over long windows.
 *
 * @param newest the time of the newest sample
 */
record RulesState(long newest, List<SavedGroup> groups, List<SavedSeries> series, SavedPanes panes) {
    /** What there is now: each group as it is when its turn comes, and each series. */
    static StatePart of(List<RuleGroup> groups, SeriesStore store) {
        return out -> {
            out.number(store.newest());
            out.number(groups.size());
            Stream<StatePart> series = store.all().stream().map(each -> StatePart.of(o -> write(each, store, o)));
            return Stream.concat(
                            Stream.concat(groups.stream().map(RulesState::part), series),
                            Stream.of(
                                    StatePart.of(o -> o.flag(false)),
                                    o -> store.savePanes().part().write(o)))
                    .iterator();
        };
    }

    private static void write(Series series, SeriesStore store, StateWriter out) {
        SavedSeries saved = store.save(series);
        if (saved != null) {
            out.flag(true);
            saved.write(out);
        }
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
        return new RulesState(newest, groups, series, SavedPanes.read(in));
    }

    private static StatePart part(RuleGroup group) {
        return out -> {
            SavedGroup saved = group.save();
            out.text(saved.name());
            out.number(saved.evaluatedAt());
            out.number(saved.rules().size());
            return saved.rules().stream().map(RulesState::part).iterator();
        };
    }

    private static StatePart part(SavedRule rule) {
        return out -> {
            out.text(rule.identity());
            out.number(rule.alerts().size());
            Stream<StatePart> alerts = rule.alerts().stream().map(alert -> StatePart.of(o -> write(alert, o)));
            StatePart count = StatePart.of(o -> o.number(rule.written().size()));
            Stream<StatePart> written = rule.written().stream().map(labels -> StatePart.of(o -> o.labels(labels)));
            return Stream.concat(Stream.concat(alerts, Stream.of(count)), written)
                    .iterator();
        };
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
