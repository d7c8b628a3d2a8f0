package dev.sluice.slo.file;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.text.PrometheusDuration;
import java.util.List;

/** Writes rule files that Prometheus reads. */
public final class RuleFileWriter {
    private final StringBuilder out = new StringBuilder("groups:\n");

    private RuleFileWriter() {}

    /** The groups without what is the default of the reader: interval, limit and offset are left out where 0 or given from outside. */
    public static String write(List<GroupSpec> groups) {
        RuleFileWriter writer = new RuleFileWriter();
        groups.forEach(writer::group);
        return writer.out.toString();
    }

    private void group(GroupSpec group) {
        out.append("- name: ").append(GoString.quote(group.name())).append('\n');
        if (group.limit() > 0) {
            out.append("  limit: ").append(group.limit()).append('\n');
        }
        if (group.queryOffset() > 0) {
            out.append("  query_offset: ").append(duration(group.queryOffset())).append('\n');
        }
        out.append("  rules:\n");
        group.rules().forEach(this::rule);
    }

    private void rule(RuleSpec rule) {
        switch (rule) {
            case RuleSpec.Recording _ -> out.append("  - record: ");
            case RuleSpec.Alerting _ -> out.append("  - alert: ");
        }
        out.append(GoString.quote(rule.name())).append("\n    expr: ");
        expr(rule.expr());
        if (rule instanceof RuleSpec.Alerting alerting) {
            if (alerting.holdFor() > 0) {
                out.append("    for: ").append(duration(alerting.holdFor())).append('\n');
            }
            if (alerting.keepFiringFor() > 0) {
                out.append("    keep_firing_for: ")
                        .append(duration(alerting.keepFiringFor()))
                        .append('\n');
            }
        }
        labels("labels", rule.labels());
        if (rule instanceof RuleSpec.Alerting alerting) {
            labels("annotations", alerting.annotations());
        }
    }

    private void expr(String expr) {
        if (!expr.contains("\n")) {
            out.append(GoString.quote(expr)).append('\n');
            return;
        }
        out.append("|\n");
        expr.lines().forEach(line -> out.append("      ").append(line).append('\n'));
    }

    private void labels(String key, Labels labels) {
        if (labels.size() > 0) {
            out.append("    ").append(key).append(":\n");
        }
        for (int i = 0; i < labels.size(); i++) {
            out.append("      ")
                    .append(labels.name(i))
                    .append(": ")
                    .append(GoString.quote(labels.value(i)))
                    .append('\n');
        }
    }

    private static String duration(long millis) {
        return PrometheusDuration.text(millis * PrometheusDuration.MILLISECOND);
    }
}
