package dev.sluice.promql.script;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import java.util.List;

/** Groups as a rule file for Prometheus. */
final class RuleYaml {
    private RuleYaml() {}

    static String of(List<GroupSpec> groups) {
        StringBuilder out = new StringBuilder("groups:\n");
        for (GroupSpec group : groups) {
            out.append("- name: ").append(GoString.quote(group.name())).append('\n');
            out.append("  interval: ").append(group.interval()).append("ms\n");
            out.append("  limit: ").append(group.limit()).append('\n');
            out.append("  query_offset: ").append(group.queryOffset()).append("ms\n  rules:\n");
            for (RuleSpec rule : group.rules()) {
                switch (rule) {
                    case RuleSpec.Recording recording ->
                        out.append("  - record: ").append(recording.name());
                    case RuleSpec.Alerting alerting ->
                        out.append("  - alert: ")
                                .append(alerting.name())
                                .append("\n    for: ")
                                .append(alerting.holdFor())
                                .append("ms\n    keep_firing_for: ")
                                .append(alerting.keepFiringFor())
                                .append("ms\n    annotations: ")
                                .append(map(alerting.annotations()));
                }
                out.append("\n    expr: ").append(GoString.quote(rule.expr()));
                out.append("\n    labels: ").append(map(rule.labels())).append('\n');
            }
        }
        return out.toString();
    }

    private static String map(Labels labels) {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(labels.name(i)).append(": ").append(GoString.quote(labels.value(i)));
        }
        return out.append('}').toString();
    }
}
