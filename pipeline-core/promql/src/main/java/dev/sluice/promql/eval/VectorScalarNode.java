package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.BinaryOp;

/** An operator between the elements of a vector and a number. */
final class VectorScalarNode implements VectorNode {
    private final BinaryOp op;
    private final boolean returnsBool;
    private final VectorNode vector;
    private final ScalarNode scalar;
    private final boolean scalarLeft;
    private final Operators operators;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    VectorScalarNode(BinaryExpr expr, VectorNode vector, ScalarNode scalar, boolean scalarLeft) {
        this.op = expr.op();
        this.returnsBool = expr.returnsBool();
        this.vector = vector;
        this.scalar = scalar;
        this.scalarLeft = scalarLeft;
        this.operators = new Operators(op, expr.span());
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double number = scalar.scalar(time, run);
        Vector in = vector.vector(time, run);
        boolean dropsName = op.changesMetric() || returnsBool;
        Annotation problem = null;
        for (int i = 0; i < in.size(); i++) {
            double element = in.value(i);
            NativeHistogram histogram = in.histogram(i);
            boolean fits = scalarLeft
                    ? operators.compute(number, null, element, histogram)
                    : operators.compute(element, histogram, number, null);
            if (!fits) {
                problem = operators.problem();
                continue;
            }
            if (!operators.kept() && !returnsBool) {
                continue;
            }
            // A comparison that filters gives the vector's element, on whichever side it stands.
            boolean own = op.comparison() && scalarLeft;
            double value = returnsBool ? (operators.kept() ? 1 : 0) : own ? element : operators.value();
            NativeHistogram result = returnsBool ? null : own ? histogram : operators.histogram();
            boolean goes = dropsName && !run.keepsNames();
            out.add(goes ? in.labels(i).anonymous() : in.labels(i), value, result, dropsName || in.nameDropped(i));
        }
        if (problem != null) {
            run.note(problem);
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }
}
