package dev.sluice.promql.eval;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.VectorMatching;
import dev.sluice.promql.syntax.VectorMatching.Cardinality;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and comparisons between the elements of two vectors that belong together. Source: prometheus promql/engine.go, VectorBinop.
 */
final class JoinNode implements VectorNode {
    private final VectorMatching matching;
    private final boolean returnsBool;
    private final VectorNode left;
    private final VectorNode right;
    private final JoinIndex index;
    private final Operators operators;
    private final JoinLabels joinLabels;
    private final boolean oneToOne;
    /** Whether the left side is the "one": the sides are then exchanged, and exchanged back to compute. */
    private final boolean swapped;

    private final @Nullable Double fillMany;
    private final @Nullable Double fillOne;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();
    private int[] oneAt = {};
    private boolean[] matched = {};
    private @Nullable Set<Labels>[] results = newSets(0);

    JoinNode(BinaryExpr expr, VectorMatching matching, VectorNode left, VectorNode right) {
        this.matching = matching;
        this.returnsBool = expr.returnsBool();
        this.left = left;
        this.right = right;
        this.index = new JoinIndex(matching);
        this.operators = new Operators(expr.op(), expr.span());
        this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        this.fillMany = swapped ? matching.fillRight() : matching.fillLeft();
        this.fillOne = swapped ? matching.fillLeft() : matching.fillRight();
        this.joinLabels = new JoinLabels(expr.op(), matching, expr.returnsBool());
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        Vector a = left.vector(time, run);
        Vector b = right.vector(time, run);
        boolean nothing = a.size() == 0 && b.size() == 0;
        if (nothing || ((a.size() == 0 || b.size() == 0) && !matching.fills())) {
            return out;
        }
        index.update(a, b);
        join(swapped ? b : a, swapped ? a : b, run);
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    private void join(Vector many, Vector one, Run run) {
        int[] manyGroups = swapped ? index.right() : index.left();
        int[] oneGroups = swapped ? index.left() : index.right();
        findOnes(one, oneGroups);
        Annotation problem = null;
        for (int i = 0; i < many.size(); i++) {
            int group = manyGroups[i];
            int at = oneAt[group];
            Annotation found;
            if (at >= 0) {
                Labels labels = joinLabels.of(i, many.labels(i), one.labels(at), run);
                found = combine(many.value(i), many.histogram(i), one.value(at), one.histogram(at), group, labels);
            } else if (fillOne != null) {
                Labels labels = joinLabels.of(i, many.labels(i), index.key(many.labels(i)), run);
                found = combine(many.value(i), many.histogram(i), fillOne, null, group, labels);
            } else {
                continue;
            }
            problem = found == null ? problem : found;
        }
        if (fillMany != null) {
            Annotation found = fill(one, oneGroups, fillMany, run);
            problem = found == null ? problem : found;
        }
        if (problem != null) {
            run.note(problem);
        }
    }

    /** Elements of the "one" side that nothing belongs to meet the value given for the other side. */
    private @Nullable Annotation fill(Vector one, int[] oneGroups, double value, Run run) {
        Annotation problem = null;
        for (int i = 0; i < one.size(); i++) {
            if (!matched[oneGroups[i]]) {
                Labels labels = joinLabels.of(index.key(one.labels(i)), one.labels(i), run);
                Annotation found = combine(value, null, one.value(i), one.histogram(i), oneGroups[i], labels);
                problem = found == null ? problem : found;
            }
        }
        return problem;
    }

    /** Adds the result of two elements to the vector, or says why there is none. */
    private @Nullable Annotation combine(
            double a, @Nullable NativeHistogram ha, double b, @Nullable NativeHistogram hb, int group, Labels labels) {
        boolean fits = swapped ? operators.compute(b, hb, a, ha) : operators.compute(a, ha, b, hb);
        if (!fits) {
            return operators.problem();
        }
        claim(group, labels);
        if (returnsBool) {
            out.add(labels, operators.kept() ? 1 : 0, true);
        } else if (operators.kept()) {
            out.add(labels, operators.value(), operators.histogram(), false);
        }
        return operators.problem();
    }

    private void claim(int group, Labels labels) {
        if (oneToOne) {
            if (matched[group]) {
                throw new EvalException(
                        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            }
            matched[group] = true;
            return;
        }
        matched[group] = true;
        Set<Labels> known = results[group];
        if (known == null) {
            known = new HashSet<>();
            results[group] = known;
        }
        if (!known.add(labels)) {
            throw new EvalException("multiple matches for labels: grouping labels must ensure unique matches");
        }
    }

    private void findOnes(Vector one, int[] groups) {
        int count = index.count();
        if (oneAt.length < count) {
            oneAt = new int[count];
            matched = new boolean[count];
            results = newSets(count);
        }
        Arrays.fill(oneAt, 0, count, -1);
        Arrays.fill(matched, 0, count, false);
        for (int i = 0; i < count; i++) {
            Set<Labels> known = results[i];
            if (known != null) {
                known.clear();
            }
        }
        for (int i = 0; i < one.size(); i++) {
            int before = oneAt[groups[i]];
            if (before >= 0) {
                throw duplicate(one.labels(i), one.labels(before));
            }
            oneAt[groups[i]] = i;
        }
    }

    private EvalException duplicate(Labels a, Labels b) {
        String first = a.toString();
        String second = b.toString();
        boolean ordered = GoString.compare(first, second) <= 0;
        return new EvalException("found duplicate series for the match group " + index.key(a) + " on the "
                + (swapped ? "left" : "right") + " hand-side of the operation: ["
                + (ordered ? first + ", " + second : second + ", " + first)
                + "];many-to-many matching not allowed: matching labels must be unique on one side");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
    private static @Nullable Set<Labels>[] newSets(int n) {
        return new Set[n];
    }
}
