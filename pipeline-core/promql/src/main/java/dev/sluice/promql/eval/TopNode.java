package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.Grouping;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.AggregateOp;
import dev.sluice.promql.syntax.Span;
import java.util.Arrays;

/** {@code topk}, {@code bottomk} and {@code limitk}: some elements of each group. */
final class TopNode implements VectorNode {
    private final AggregateOp op;
    private final VectorNode inner;
    private final ScalarNode parameter;
    private final Span span;
    private final GroupIndex index;
    private TopHeap[] heaps = {};
    private final Vector out = new Vector();

    TopNode(AggregateExpr expr, VectorNode inner, ScalarNode parameter) {
        this.op = expr.op();
        this.inner = inner;
        this.parameter = parameter;
        this.span = expr.span();
        this.index = new GroupIndex(Grouping.of(expr.grouping(), expr.without()));
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double wanted = parameter.scalar(time, run);
        Vector in = inner.vector(time, run);
        if (wanted < 1) {
            return out;
        }
        check(wanted);
        int k = (int) Math.min((long) wanted, in.size());
        int[] groupOf = index.groupsOf(in);
        int groups = index.count();
        int made = heaps.length;
        heaps = made < groups ? Arrays.copyOf(heaps, groups) : heaps;
        for (int g = 0; g < groups; g++) {
            if (g >= made) {
                heaps[g] = new TopHeap(op == AggregateOp.BOTTOMK);
            }
            heaps[g].begin(in, k);
        }
        boolean limit = op == AggregateOp.LIMITK;
        for (int i = 0; i < in.size(); i++) {
            TopHeap heap = heaps[groupOf[i]];
            if (limit) {
                heap.limit(i);
            } else if (in.histogram(i) != null) {
                run.note(Notes.histogramIgnored(op.text(), span));
            } else {
                heap.offer(i);
            }
        }
        for (int g = 0; g < groups; g++) {
            for (int i : limit ? heaps[g].members() : heaps[g].sorted()) {
                out.add(in, i);
            }
        }
        return out;
    }

    private static void check(double wanted) {
        if (Double.isNaN(wanted)) {
            throw new EvalException("Parameter value is NaN");
        }
        if (wanted >= 0x1p63) {
            throw new EvalException("Scalar value " + GoFloat.g(wanted) + " overflows int64");
        }
    }
}
