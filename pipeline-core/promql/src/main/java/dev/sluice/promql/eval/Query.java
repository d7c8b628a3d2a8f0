package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.MatrixNode;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.eval.QueryValue.MatrixValue;
import dev.sluice.promql.eval.QueryValue.ScalarValue;
import dev.sluice.promql.eval.QueryValue.StringValue;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A query, made once and run as often as wanted. It remembers between runs how series belong together, so that what is evaluated again and again,
 * such as a rule, costs little more than its arithmetic. For one thread.
 */
public final class Query {
    private final String text;
    private final Expr expr;
    private final QueryOptions options;
    private final @Nullable ScalarNode scalar;
    private final @Nullable VectorNode vector;
    private final @Nullable MatrixNode matrix;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    private Query(String text, Expr expr, QueryOptions options) {
        this.text = text;
        this.expr = expr;
        this.options = options;
        Planner planner = new Planner(options);
        Expr inner = Planner.unwrap(expr);
        scalar = inner.type() == ValueType.SCALAR ? planner.scalar(inner) : null;
        vector = inner.type() == ValueType.VECTOR ? planner.vector(inner) : null;
        matrix = inner.type() == ValueType.MATRIX ? planner.matrix(inner) : null;
    }

    public static Query compile(String text, QueryOptions options) throws ParseException {
        return new Query(text, Parser.parse(text, options.parser()), options);
    }

    public Expr expr() {
        return expr;
    }

    /**
     * Evaluates at a time.
     *
     * @param time milliseconds since 1970
     * @throws EvalException where the series do not allow a result
     */
    public QueryResult at(SeriesSource source, long time) {
        Run run = new Run(source, time, time, 0, options);
        return result(value(time, run), run);
    }

    private QueryValue value(long time, Run run) {
        if (scalar != null) {
            return new ScalarValue(time, scalar.scalar(time, run));
        }
        if (vector != null) {
            return new VectorValue(time, finished(vector.vector(time, run), run));
        }
        if (matrix != null) {
            return new MatrixValue(RangeResult.of(matrix, time, run));
        }
        return new StringValue(Planner.string(expr));
    }

    /** Drops the names that are still to go. */
    private Vector finished(Vector result, Run run) {
        if (!run.keepsNames()) {
            return result;
        }
        out.clear();
        for (int i = 0; i < result.size(); i++) {
            out.add(result, i);
            if (result.nameDropped(i)) {
                out.relabel(i, result.labels(i).anonymous(), true);
            }
        }
        sameLabels.check(out);
        return out;
    }

    /**
     * Evaluates at every step of a span of time.
     *
     * @param start the first step, in milliseconds since 1970
     * @param end no step comes after it
     * @param step milliseconds between steps, at least 1
     * @throws EvalException where the series do not allow a result
     */
    public QueryResult over(SeriesSource source, long start, long end, long step) {
        if (scalar == null && vector == null) {
            throw new EvalException("invalid expression type \"" + expr.type().documented()
                    + "\" for range query, must be Scalar or instant Vector");
        }
        Run run = new Run(source, start, end, step, options);
        MatrixResult matrixResult = new MatrixResult();
        for (long time = start; time <= end; time += step) {
            if (scalar != null) {
                matrixResult.add(time, Labels.EMPTY, scalar.scalar(time, run), null, false);
            } else if (vector != null) {
                matrixResult.add(time, vector.vector(time, run));
            }
        }
        return result(new MatrixValue(matrixResult.sorted()), run);
    }

    private QueryResult result(QueryValue value, Run run) {
        return new QueryResult(
                value, run.annotations().messages(true, text), run.annotations().messages(false, text));
    }

    @Override
    public String toString() {
        return text;
    }
}
