package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Grouping;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.syntax.AggregateExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code count_values}: how often each value occurs. */
final class CountValuesNode implements VectorNode {
    private final VectorNode inner;
    private final String label;
    private final UnaryOperator<Labels> grouping;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    CountValuesNode(AggregateExpr expr, VectorNode inner, String label) {
        this.inner = inner;
        this.label = label;
        List<String> labels = new ArrayList<>(expr.grouping());
        if (!expr.without()) {
            labels.add(label);
        }
        grouping = Grouping.of(labels, expr.without());
    }

    @Override
    public Vector vector(long time, Run run) {
        if (!Names.valid(label)) {
            throw new EvalException("invalid label name " + GoString.quote(label));
        }
        out.clear();
        Vector in = inner.vector(time, run);
        Map<Labels, int[]> counts = new LinkedHashMap<>();
        for (int i = 0; i < in.size(); i++) {
            NativeHistogram histogram = in.histogram(i);
            String value = histogram == null ? GoFloat.plain(in.value(i)) : histogram.toString();
            Labels group = grouping.apply(in.labels(i).with(label, value));
            counts.computeIfAbsent(group, g -> new int[1])[0]++;
        }
        counts.forEach((labels, count) -> out.add(labels, count[0], false));
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }
}
