package dev.sluice.promql.script;

import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertTemplates;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleHealth;
import dev.sluice.promql.rules.SourceQueries;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sluice's side of a comparison: its groups over series in memory. */
final class RuleReplay {
    private final SeriesLoad arriving;
    private final MemorySeries seen = new MemorySeries();
    private final List<RuleGroup> groups = new ArrayList<>();
    private final Query written = Query.compile("{__name__=~\"ALERTS.*|.*:.*\"}", QueryOptions.DEFAULT);

    RuleReplay(String load, List<GroupSpec> specs) throws Exception {
        arriving = ((LoadCommand) ScriptParser.parse(load).getFirst()).series();
        AlertTemplates templates =
                new AlertTemplates(Labels.EMPTY, URI.create(""), new SourceQueries(seen, QueryOptions.DEFAULT));
        for (GroupSpec spec : specs) {
            groups.add(new RuleGroup(spec, templates));
        }
    }

    List<String> evaluate(long time) {
        arriving.until(time, seen);
        List<String> lines = new ArrayList<>();
        for (RuleGroup group : groups) {
            group.evaluate(
                    seen,
                    time,
                    (labels, at, value, histogram) -> add(labels, at, value, histogram),
                    (r, a) -> {},
                    group.spec().interval());
            for (Rule rule : group.rules()) {
                if (rule.health() == RuleHealth.BAD) {
                    lines.add("E\t%s\t%s"
                            .formatted(group.spec().name(), rule.spec().name()));
                }
                if (rule instanceof AlertingRule alerting) {
                    alerting.alerts().forEach(alert -> lines.add(line(group, alert)));
                }
            }
        }
        Vector vector = ((QueryValue.VectorValue) written.at(seen, time).value()).vector();
        for (int i = 0; i < vector.size(); i++) {
            NativeHistogram histogram = vector.histogram(i);
            lines.add("S\t%s\t%s"
                    .formatted(vector.labels(i), histogram != null ? histogram.toString() : bits(vector.value(i))));
        }
        return lines;
    }

    private boolean add(Labels labels, long time, double value, NativeHistogram histogram) {
        return histogram == null
                ? seen.series(labels).add(time, value)
                : seen.series(labels).add(time, histogram);
    }

    private static String line(RuleGroup group, Alert alert) {
        return "A\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d"
                .formatted(
                        group.spec().name(),
                        alert.labels(),
                        alert.annotations(),
                        alert.state().toString().toLowerCase(Locale.ROOT),
                        bits(alert.value()),
                        alert.activeAt(),
                        alert.firedAt(),
                        alert.resolvedAt(),
                        alert.keepFiringSince());
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }
}
