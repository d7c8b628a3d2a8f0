package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.syntax.BinaryOp;
import dev.sluice.promql.syntax.VectorMatching;

/** {@code and}, {@code or} and {@code unless}. */
final class SetNode implements VectorNode {
    private final BinaryOp op;
    private final VectorNode left;
    private final VectorNode right;
    private final JoinIndex index;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    SetNode(BinaryOp op, VectorMatching matching, VectorNode left, VectorNode right) {
        this.op = op;
        this.left = left;
        this.right = right;
        this.index = new JoinIndex(matching);
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        Vector a = left.vector(time, run);
        Vector b = right.vector(time, run);
        index.update(a, b);
        if (op == BinaryOp.OR) {
            for (int i = 0; i < a.size(); i++) {
                out.add(a, i);
            }
            boolean[] present = present(index.left());
            keep(b, index.right(), present, false);
        } else {
            keep(a, index.left(), present(index.right()), op == BinaryOp.AND);
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    private boolean[] present(int[] groups) {
        boolean[] present = new boolean[index.count()];
        for (int group : groups) {
            present[group] = true;
        }
        return present;
    }

    private void keep(Vector vector, int[] groupOf, boolean[] present, boolean wanted) {
        for (int i = 0; i < vector.size(); i++) {
            if (present[groupOf[i]] == wanted) {
                out.add(vector, i);
            }
        }
    }
}
