package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.syntax.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sort}, {@code sort_by_label} and their reverses: the elements of a vector in another order. */
final class SortNode implements VectorNode {
    private final VectorNode inner;
    private final @Nullable List<String> labels;
    private final boolean descending;
    private final Span span;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    /**
     * @param labels what to order by, or {@code null} for the value
     * @param span where the call stands in the query
     */
    SortNode(VectorNode inner, @Nullable List<String> labels, boolean descending, Span span) {
        this.inner = inner;
        this.labels = labels;
        this.descending = descending;
        this.span = span;
    }

    @Override
    public Vector vector(long time, Run run) {
        if (run.overRange()) {
            run.note(Notes.sortInRange(span));
        }
        out.clear();
        Vector in = inner.vector(time, run);
        List<Integer> order = new ArrayList<>(in.size());
        for (int i = 0; i < in.size(); i++) {
            if (labels != null || in.histogram(i) == null) {
                order.add(i);
            }
        }
        order.sort(labels == null ? byValue(in) : byLabels(in, labels));
        for (int i : order) {
            out.add(in, i);
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    /** NaN comes last either way. */
    private Comparator<Integer> byValue(Vector in) {
        return (a, b) -> {
            double x = in.value(a);
            double y = in.value(b);
            if (Double.isNaN(x) || Double.isNaN(y)) {
                return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
            }
            return x == y ? 0 : x < y != descending ? -1 : 1;
        };
    }

    private Comparator<Integer> byLabels(Vector in, List<String> names) {
        Comparator<Integer> ascending = (a, b) -> {
            for (String name : names) {
                String x = in.labels(a).get(name);
                String y = in.labels(b).get(name);
                if (!x.equals(y)) {
                    return NaturalOrder.precedes(x, y) ? -1 : 1;
                }
            }
            return in.labels(a).compareTo(in.labels(b));
        };
        return descending ? ascending.reversed() : ascending;
    }
}
