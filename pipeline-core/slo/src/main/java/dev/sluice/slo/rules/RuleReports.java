package dev.sluice.slo.rules;

import dev.sluice.api.RuleReport;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.RecordingRule;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleHealth;
import dev.sluice.promql.rules.Samples;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.series.WatchedRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells of a set of rules for those who look at it. All rules are counted, but only so many described as people read. On the loop of the rules. */
final class RuleReports {
    /** So many elements of a rule, groups, objectives and changes are more than anybody reads. */
    private static final int MOST = 100;

    private static final int MOST_RULES = 200;

    /** So many elements of all rules together. */
    private static final int MOST_ELEMENTS = 1000;

    private final RuleSet rules;
    private final RuleMeters meters;
    private final Deque<RuleReport.Change> changes = new ArrayDeque<>();
    /** They never change, so each is found once, when somebody first looks. */
    private final Map<Rule, String> thresholds = new HashMap<>();

    /** Worst first. */
    private enum Rank {
        FAILING,
        FIRING,
        PENDING,
        QUIET
    }

    private record Ranked(WatchedRule place, Rule rule, Rank rank) {}

    RuleReports(RuleSet rules, RuleMeters meters) {
        this.rules = rules;
        this.meters = meters;
    }

    /** Goes on with the changes that were told of before the rules were loaded again. */
    void takeOver(RuleReports older) {
        changes.addAll(older.changes);
    }

    /** Remembers a change of an alert. */
    void changed(AlertNotice notice) {
        changes.addFirst(new RuleReport.Change(
                notice.changedAt(), notice.labels().toString(), notice.phase().text(), notice.value()));
        if (changes.size() > MOST) {
            changes.removeLast();
        }
    }

    RuleReport report() {
        List<Ranked> ranked = ranked();
        List<RuleReport.Rule> reported = new ArrayList<>();
        int left = MOST_ELEMENTS;
        for (Ranked each : ranked.subList(0, Math.min(MOST_RULES, ranked.size()))) {
            RuleReport.Rule rule = rule(each, Math.min(MOST, left));
            left -= rule.elements().size();
            reported.add(rule);
        }
        List<RuleReport.Objective> objectives = Objectives.of(rules.groups());
        RuleReport.Totals totals = new RuleReport.Totals(
                rules.agendas().size(),
                ranked.size(),
                (int) ranked.stream().filter(each -> each.rank == Rank.FAILING).count(),
                alerts(ranked, AlertState.PENDING),
                alerts(ranked, AlertState.FIRING),
                objectives.size());
        return new RuleReport(
                rules.series(),
                meters.refused(),
                totals,
                slowest(),
                reported,
                objectives.subList(0, Math.min(MOST, objectives.size())),
                List.copyOf(changes));
    }

    private List<Ranked> ranked() {
        List<Ranked> ranked = new ArrayList<>();
        for (RuleGroup group : rules.groups()) {
            for (int i = 0; i < group.rules().size(); i++) {
                WatchedRule place = new WatchedRule(group.spec(), i);
                Rule rule = group.rules().get(i);
                ranked.add(new Ranked(place, rule, rank(place, rule)));
            }
        }
        ranked.sort(Comparator.comparing(Ranked::rank));
        return ranked;
    }

    private Rank rank(WatchedRule place, Rule rule) {
        if (rule.health() == RuleHealth.BAD || meters.blind(place, rule.evaluatedAt())) {
            return Rank.FAILING;
        }
        return switch (rule) {
            case AlertingRule alerting ->
                switch (alerting.state()) {
                    case FIRING -> Rank.FIRING;
                    case PENDING -> Rank.PENDING;
                    case INACTIVE -> Rank.QUIET;
                };
            case RecordingRule _ -> Rank.QUIET;
        };
    }

    private static int alerts(List<Ranked> rules, AlertState state) {
        return rules.stream()
                .mapToInt(each -> each.rule instanceof AlertingRule alerting ? alerting.count(state) : 0)
                .sum();
    }

    private List<RuleReport.Group> slowest() {
        return rules.agendas().stream()
                .sorted(Comparator.comparingLong(Agenda::took).reversed())
                .limit(MOST)
                .map(RuleReports::group)
                .toList();
    }

    private static RuleReport.Group group(Agenda agenda) {
        RuleGroup group = agenda.group();
        return new RuleReport.Group(
                group.spec().name(),
                group.spec().file(),
                group.rules().size(),
                group.spec().interval(),
                group.rules().stream().mapToLong(Rule::evaluatedAt).max().orElse(0),
                agenda.took(),
                agenda.missed());
    }

    /** @param most so many elements are shown */
    private RuleReport.Rule rule(Ranked ranked, int most) {
        return switch (ranked.rule) {
            case AlertingRule alerting ->
                rule(
                        ranked,
                        lower(alerting.state()),
                        alerting.count(AlertState.PENDING) + alerting.count(AlertState.FIRING),
                        alerting.active().limit(most).map(RuleReports::element).toList());
            case RecordingRule recording ->
                rule(ranked, "", recording.samples().size(), elements(recording.samples(), most));
        };
    }

    private RuleReport.Rule rule(Ranked ranked, String state, int results, List<RuleReport.Element> elements) {
        Rule rule = ranked.rule;
        boolean bad = ranked.rank == Rank.FAILING;
        String error = rule.error() != null
                ? rule.error()
                : bad ? "does not see all of its series: max_series or max_groups_per_rule are kept" : "";
        boolean good = rule.health() == RuleHealth.GOOD;
        return new RuleReport.Rule(
                ranked.place.group().name(),
                rule.spec().name(),
                rule.spec().expr(),
                bad ? "err" : good ? "ok" : "unknown",
                error,
                rule.evaluatedAt(),
                state,
                thresholds.computeIfAbsent(rule, r -> threshold(ranked.place)),
                results,
                elements);
    }

    private static String threshold(WatchedRule rule) {
        try {
            return Threshold.of(
                    Parser.parse(rule.spec().expr(), rule.group().options().parser()));
        } catch (ParseException e) {
            throw new IllegalStateException("the rule was compiled before", e);
        }
    }

    private static String lower(AlertState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static RuleReport.Element element(Alert alert) {
        return new RuleReport.Element(
                alert.labels().toString(), lower(alert.state()), alert.value(), Double.NaN, alert.activeAt());
    }

    private static List<RuleReport.Element> elements(Samples samples, int most) {
        List<RuleReport.Element> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(most, samples.size()); i++) {
            NativeHistogram histogram = samples.histogram(i);
            elements.add(new RuleReport.Element(
                    samples.labels(i).toString(),
                    "",
                    histogram == null ? samples.value(i) : histogram.sum(),
                    histogram == null ? Double.NaN : histogram.count(),
                    0));
        }
        return elements;
    }
}
