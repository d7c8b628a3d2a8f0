package dev.sluice.slo.rules;

import dev.sluice.api.RuleReport;
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
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells of a set of rules for those who look at it. On the loop of the rules. */
final class RuleReports {
    /** So many elements of a rule, and so many changes, are more than anybody reads. */
    private static final int MOST = 100;

    private final RuleSet rules;
    private final RuleMeters meters;
    private final Deque<RuleReport.Change> changes = new ArrayDeque<>();
    /** They never change, so each is found once, when somebody first looks. */
    private final Map<Rule, String> thresholds = new HashMap<>();

    RuleReports(RuleSet rules, RuleMeters meters) {
        this.rules = rules;
        this.meters = meters;
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
        List<RuleReport.Rule> reported = new ArrayList<>();
        for (RuleGroup group : rules.groups()) {
            for (int i = 0; i < group.rules().size(); i++) {
                reported.add(
                        rule(new WatchedRule(group.spec(), i), group.rules().get(i)));
            }
        }
        return new RuleReport(
                rules.series(), meters.refused(), reported, Objectives.of(rules.groups()), List.copyOf(changes));
    }

    private RuleReport.Rule rule(WatchedRule place, Rule rule) {
        String threshold = thresholds.computeIfAbsent(rule, r -> threshold(place));
        return switch (rule) {
            case AlertingRule alerting -> {
                List<Alert> alerts = alerting.alerts();
                yield rule(
                        place,
                        rule,
                        lower(alerting.state()),
                        threshold,
                        alerts.size(),
                        alerts.stream().limit(MOST).map(RuleReports::element).toList());
            }
            case RecordingRule recording ->
                rule(place, rule, "", threshold, recording.samples().size(), elements(recording.samples()));
        };
    }

    private RuleReport.Rule rule(
            WatchedRule place,
            Rule rule,
            String state,
            String threshold,
            int results,
            List<RuleReport.Element> elements) {
        boolean blind = meters.blind(place);
        String error = rule.error() != null
                ? rule.error()
                : blind ? "does not see all of its series: max_series are kept" : "";
        boolean good = rule.health() == RuleHealth.GOOD;
        return new RuleReport.Rule(
                place.group().name(),
                rule.spec().name(),
                rule.spec().expr(),
                rule.health() == RuleHealth.BAD || blind ? "err" : good ? "ok" : "unknown",
                error,
                rule.evaluatedAt(),
                state,
                threshold,
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
        return new RuleReport.Element(alert.labels().toString(), lower(alert.state()), alert.value(), alert.activeAt());
    }

    private static List<RuleReport.Element> elements(Samples samples) {
        List<RuleReport.Element> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, samples.size()); i++) {
            elements.add(new RuleReport.Element(samples.labels(i).toString(), "", samples.value(i), 0));
        }
        return elements;
    }
}
