package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.MatrixNode;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.AggregateOp;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.StringLiteral;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.UnaryExpr;
import dev.sluice.promql.syntax.ValueType;
import dev.sluice.promql.syntax.VectorMatching;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.function.Supplier;

/** Makes the nodes that evaluate an expression. */
final class Planner {
    private final QueryOptions options;
    private final FunctionPlanner functions = new FunctionPlanner(this);
    /** Whether what is planned now is inside a function that wants only counts and sums of histograms. */
    private boolean statistics;
    /** Whether it is inside something that wants the buckets, too. */
    private boolean buckets;
    /** Whether it has to be made of samples. */
    private boolean exact;

    Planner(QueryOptions options) {
        this.options = options;
    }

    ScalarNode scalar(Expr expr) {
        return switch (expr) {
            case NumberLiteral n -> {
                double value = n.value();
                yield (time, run) -> value;
            }
            case ParenExpr p -> scalar(p.inner());
            case UnaryExpr u -> {
                ScalarNode operand = scalar(u.operand());
                yield u.negative() ? (time, run) -> -operand.scalar(time, run) : operand;
            }
            case BinaryExpr b -> {
                ScalarNode left = scalar(b.left());
                ScalarNode right = scalar(b.right());
                yield (time, run) -> Operators.scalars(b.op(), left.scalar(time, run), right.scalar(time, run));
            }
            case Call c -> functions.scalar(c);
            default -> throw new IllegalArgumentException("not a scalar: " + expr);
        };
    }

    VectorNode vector(Expr expr) {
        VectorNode node = varying(expr);
        boolean wrap = !(expr instanceof ParenExpr) && Invariance.of(expr);
        return wrap ? new InvariantNode(node) : node;
    }

    private VectorNode varying(Expr expr) {
        LongRange sum = exact ? null : LongRange.of(expr, options);
        return sum == null ? plain(expr) : new WindowSumNode(sum, ofSamples(() -> plain(expr)));
    }

    /** Plans what no source is asked the sums of. */
    private VectorNode ofSamples(Supplier<VectorNode> planned) {
        boolean before = exact;
        exact = true;
        VectorNode node = planned.get();
        exact = before;
        return node;
    }

    private VectorNode plain(Expr expr) {
        return switch (expr) {
            case VectorSelector s ->
                s.extent() == VectorSelector.Extent.SMOOTHED
                        ? new SmoothedSelectorNode(s)
                        : new SelectorNode(s, statisticsOnly());
            case ParenExpr p -> vector(p.inner());
            case UnaryExpr u -> u.negative() ? ElementNodes.negate(vector(u.operand())) : vector(u.operand());
            case AggregateExpr a -> aggregate(a);
            case BinaryExpr b -> binary(b);
            case Call c -> call(c);
            default -> throw new IllegalArgumentException("not a vector: " + expr);
        };
    }

    MatrixNode matrix(Expr expr) {
        return switch (expr) {
            case MatrixSelector m -> new RangeNode(m, statisticsOnly());
            case SubqueryExpr s -> new SubqueryNode(s, ofSamples(() -> withBuckets(s.inner())));
            case ParenExpr p -> matrix(p.inner());
            default -> throw new IllegalArgumentException("not a range: " + expr);
        };
    }

    private VectorNode aggregate(AggregateExpr a) {
        VectorNode operand = a.op() == AggregateOp.COUNT_VALUES ? withBuckets(a.operand()) : vector(a.operand());
        Expr parameter = a.parameter();
        if (parameter == null) {
            return new AggregateNode(a, operand, null);
        }
        return switch (a.op()) {
            case COUNT_VALUES -> new CountValuesNode(a, operand, string(parameter));
            case TOPK, BOTTOMK, LIMITK -> new TopNode(a, operand, scalar(parameter));
            case LIMIT_RATIO -> new LimitRatioNode(a, operand, scalar(parameter));
            default -> new AggregateNode(a, operand, scalar(parameter));
        };
    }

    /** Whether only counts and sums of histograms are wanted here. */
    boolean statisticsOnly() {
        return statistics && !buckets;
    }

    /** Plans what has to have the buckets of histograms, whatever is around it. */
    private VectorNode withBuckets(Expr expr) {
        boolean before = buckets;
        buckets = true;
        VectorNode node = vector(expr);
        buckets = before;
        return node;
    }

    private VectorNode call(Call c) {
        boolean statisticsBefore = statistics;
        boolean bucketsBefore = buckets;
        switch (c.function().name()) {
            case "histogram_count", "histogram_sum", "histogram_avg", "timestamp", "start_timestamp", "absent" ->
                statistics = true;
            case "histogram_quantile",
                    "histogram_quantiles",
                    "histogram_fraction",
                    "histogram_stddev",
                    "histogram_stdvar",
                    "changes" -> buckets = true;
            default -> {}
        }
        VectorNode node =
                c.function().name().equals("info") ? ofSamples(() -> functions.vector(c)) : functions.vector(c);
        statistics = statisticsBefore;
        buckets = bucketsBefore;
        return node;
    }

    private VectorNode binary(BinaryExpr b) {
        boolean before = buckets;
        buckets |= switch (b.op()) {
            case TRIM_LOWER, TRIM_UPPER, EQL, NEQ -> true;
            default -> false;
        };
        VectorNode node = operators(b);
        buckets = before;
        return node;
    }

    private VectorNode operators(BinaryExpr b) {
        boolean leftScalar = b.left().type() == ValueType.SCALAR;
        boolean rightScalar = b.right().type() == ValueType.SCALAR;
        if (leftScalar) {
            return new VectorScalarNode(b, vector(b.right()), scalar(b.left()), true);
        }
        if (rightScalar) {
            return new VectorScalarNode(b, vector(b.left()), scalar(b.right()), false);
        }
        VectorMatching matching = b.matching();
        if (matching == null) {
            throw new IllegalArgumentException("two vectors without matching: " + b);
        }
        VectorNode left = vector(b.left());
        VectorNode right = vector(b.right());
        return b.op().set() ? new SetNode(b.op(), matching, left, right) : new JoinNode(b, matching, left, right);
    }

    static Expr unwrap(Expr expr) {
        return expr instanceof ParenExpr p ? unwrap(p.inner()) : expr;
    }

    static String string(Expr expr) {
        if (unwrap(expr) instanceof StringLiteral s) {
            return s.value();
        }
        throw new IllegalArgumentException("not a string: " + expr);
    }
}
