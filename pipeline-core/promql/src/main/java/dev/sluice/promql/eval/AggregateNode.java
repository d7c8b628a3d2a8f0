package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.Grouping;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.AggregateOp;
import dev.sluice.promql.syntax.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Aggregations that make one element of each group. */
final class AggregateNode implements VectorNode {
    private final AggregateOp op;
    private final VectorNode inner;
    private final @Nullable ScalarNode parameter;
    private final Span span;
    private final Span parameterSpan;
    private final GroupIndex index;
    private Accumulator[] accumulators = {};
    private final Vector out = new Vector();

    AggregateNode(AggregateExpr expr, VectorNode inner, @Nullable ScalarNode parameter) {
        this.op = expr.op();
        this.inner = inner;
        this.parameter = parameter;
        this.span = expr.operand().span();
        this.parameterSpan = expr.parameter() == null ? span : expr.parameter().span();
        this.index = new GroupIndex(Grouping.of(expr.grouping(), expr.without()));
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double value = parameter == null ? 0 : parameter.scalar(time, run);
        if (parameter != null && Quantile.invalid(value)) {
            run.note(Notes.invalidAggregateQuantile(value, parameterSpan));
        }
        Vector in = inner.vector(time, run);
        int[] groupOf = index.groupsOf(in);
        int groups = index.count();
        prepare(groups);
        for (int i = 0; i < in.size(); i++) {
            Accumulator group = accumulators[groupOf[i]];
            Labels labels = in.labels(i);
            group.add(in.value(i), in.histogram(i), labels, run, span);
            group.nameDropped |= in.nameDropped(i);
        }
        for (int g = 0; g < groups; g++) {
            if (accumulators[g].seen) {
                accumulators[g].give(index.labels(g), value, out, run, span);
            }
        }
        return out;
    }

    private void prepare(int groups) {
        int made = accumulators.length;
        if (made < groups) {
            accumulators = Arrays.copyOf(accumulators, groups);
            for (int g = made; g < groups; g++) {
                accumulators[g] = Accumulator.of(op);
            }
        }
        for (int g = 0; g < groups; g++) {
            accumulators[g].reset();
        }
    }
}
