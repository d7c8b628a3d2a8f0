package dev.sluice.slo.rules;

import dev.sluice.api.RuleReport;
import dev.sluice.promql.rules.RecordingRule;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Budgets and burn rates of objectives, from what their rules have recorded under Sloth's names. A burn rate is the ratio of errors in a window to the
 * budget.
 */
final class Objectives {
    private static final String ERRORS = "slo:sli_error:ratio_rate";

    /** What is known of one, by the label {@code sloth_id}. */
    private static final class Known {
        private double target = Double.NaN;
        private double budget = Double.NaN;
        private double left = Double.NaN;
        private final Map<String, Double> errors = new LinkedHashMap<>();
    }

    private final Map<String, Known> byId = new LinkedHashMap<>();

    private Objectives() {}

    static List<RuleReport.Objective> of(List<RuleGroup> groups) {
        Objectives objectives = new Objectives();
        for (RuleGroup group : groups) {
            for (Rule rule : group.rules()) {
                if (rule instanceof RecordingRule && rule.spec().name().startsWith("slo:")) {
                    objectives.read(rule);
                }
            }
        }
        List<RuleReport.Objective> all = new ArrayList<>();
        objectives.byId.forEach((id, known) -> {
            Map<String, Double> rates = new LinkedHashMap<>();
            known.errors.forEach((window, errors) -> rates.put(window, errors / known.budget));
            all.add(new RuleReport.Objective(id, known.target, known.left, rates));
        });
        return all;
    }

    private void read(Rule rule) {
        String name = rule.spec().name();
        for (int i = 0; i < rule.samples().size(); i++) {
            Labels labels = rule.samples().labels(i);
            String id = labels.get("sloth_id");
            if (id.isEmpty()) {
                continue;
            }
            Known known = byId.computeIfAbsent(id, k -> new Known());
            double value = rule.samples().value(i);
            switch (name) {
                case "slo:objective:ratio" -> known.target = value;
                case "slo:error_budget:ratio" -> known.budget = value;
                case "slo:period_error_budget_remaining:ratio" -> known.left = value;
                default -> {
                    if (name.startsWith(ERRORS)) {
                        known.errors.put(name.substring(ERRORS.length()), value);
                    }
                }
            }
        }
    }
}
