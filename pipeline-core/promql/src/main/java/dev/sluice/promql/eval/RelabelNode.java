package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code label_replace} and {@code label_join}: the elements of a vector with other labels. */
final class RelabelNode implements VectorNode {
    /** So many label sets are remembered with what becomes of them; then all are forgotten. */
    private static final int REMEMBERED = 100_000;

    private final VectorNode inner;
    private final Supplier<UnaryOperator<Labels>> changes;
    private @Nullable UnaryOperator<Labels> change;
    private final boolean setsName;
    private final Map<Labels, Labels> changed = new HashMap<>();
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    /**
     * @param changes gives what changes labels, once it is first wanted; it gives the same object where nothing changes
     * @param setsName whether the label set is the metric's name, which then stays
     */
    RelabelNode(VectorNode inner, Supplier<UnaryOperator<Labels>> changes, boolean setsName) {
        this.inner = inner;
        this.changes = changes;
        this.setsName = setsName;
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        UnaryOperator<Labels> current = change;
        if (current == null) {
            current = changes.get();
            change = current;
        }
        Vector in = inner.vector(time, run);
        if (changed.size() > REMEMBERED) {
            changed.clear();
        }
        for (int i = 0; i < in.size(); i++) {
            Labels before = in.labels(i);
            Labels after = changed.computeIfAbsent(before, current);
            out.add(in, i);
            @SuppressWarnings("ReferenceEquality") // A label set to what it was has been set, too.
            boolean named = setsName && after != before;
            out.relabel(out.size() - 1, after, in.nameDropped(i) && !named);
        }
        sameLabels.check(out);
        return out;
    }
}
