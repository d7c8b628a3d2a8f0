package dev.sluice.slo.rules;

import dev.sluice.api.RuleReport;
import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.RecordingRule;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleHealth;
import dev.sluice.promql.rules.Samples;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.slo.alert.AlertNotice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Tells of a set of rules for those who look at it. On the loop of the rules. */
final class RuleReports {
    /** So many elements of a rule, and so many changes, are more than anybody reads. */
    private static final int MOST = 100;

    private final RuleSet rules;
    private final RuleMeters meters;
    private final Deque<RuleReport.Change> changes = new ArrayDeque<>();

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
            group.rules().forEach(rule -> reported.add(rule(group, rule)));
        }
        return new RuleReport(
                rules.series(), meters.refused(), reported, Objectives.of(rules.groups()), List.copyOf(changes));
    }

    private RuleReport.Rule rule(RuleGroup group, Rule rule) {
        boolean blind = meters.blind(group, rule);
        return new RuleReport.Rule(
                group.spec().name(),
                rule.spec().name(),
                rule.spec().expr(),
                rule.health() == RuleHealth.BAD || blind ? "err" : rule.health() == RuleHealth.GOOD ? "ok" : "unknown",
                rule.error() != null
                        ? rule.error()
                        : blind ? "does not see all of its series: max_series are kept" : "",
                rule.evaluatedAt(),
                rule instanceof AlertingRule alerting ? alerting.state().name().toLowerCase(Locale.ROOT) : "",
                threshold(group, rule),
                switch (rule) {
                    case AlertingRule alerting -> alerting.alerts().size();
                    case RecordingRule recording -> recording.samples().size();
                },
                switch (rule) {
                    case AlertingRule alerting ->
                        alerting.alerts().stream()
                                .limit(MOST)
                                .map(RuleReports::element)
                                .toList();
                    case RecordingRule recording -> elements(recording.samples());
                });
    }

    private static String threshold(RuleGroup group, Rule rule) {
        try {
            return Threshold.of(
                    Parser.parse(rule.spec().expr(), group.spec().options().parser()));
        } catch (ParseException e) {
            throw new IllegalStateException("the rule was compiled before", e);
        }
    }

    private static RuleReport.Element element(Alert alert) {
        return new RuleReport.Element(
                alert.labels().toString(),
                alert.state().name().toLowerCase(Locale.ROOT),
                alert.value(),
                alert.activeAt());
    }

    private static List<RuleReport.Element> elements(Samples samples) {
        List<RuleReport.Element> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, samples.size()); i++) {
            elements.add(new RuleReport.Element(samples.labels(i).toString(), "", samples.value(i), 0));
        }
        return elements;
    }
}
