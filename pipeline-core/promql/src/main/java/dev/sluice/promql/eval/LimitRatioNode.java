package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsHash;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.Span;
import java.util.HashMap;
import java.util.Map;

/** {@code limit_ratio}: a share of the elements, chosen by the hash of their labels; a negative ratio gives the others. */
final class LimitRatioNode implements VectorNode {
    private static final int REMEMBERED = 100_000;

    private final VectorNode inner;
    private final ScalarNode parameter;
    private final Span span;
    private final Map<Labels, Double> shares = new HashMap<>();
    private final Vector out = new Vector();

    LimitRatioNode(AggregateExpr expr, VectorNode inner, ScalarNode parameter) {
        this.inner = inner;
        this.parameter = parameter;
        this.span = expr.parameter() == null ? expr.span() : expr.parameter().span();
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double ratio = parameter.scalar(time, run);
        Vector in = inner.vector(time, run);
        if (ratio == 0) {
            return out;
        }
        if (Double.isNaN(ratio)) {
            throw new EvalException("Ratio value is NaN");
        }
        if (ratio > 1 || ratio < -1) {
            run.note(Notes.invalidRatio(ratio, span));
        }
        double limit = Math.clamp(ratio, -1.0, 1.0);
        if (shares.size() > REMEMBERED) {
            shares.clear();
        }
        for (int i = 0; i < in.size(); i++) {
            double share = shares.computeIfAbsent(in.labels(i), LabelsHash::share);
            if (limit >= 0 ? share < limit : share >= 1 + limit) {
                out.add(in, i);
            }
        }
        return out;
    }
}
