package dev.sluice.promql.eval;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.promql.syntax.BinaryOp;
import dev.sluice.promql.syntax.VectorMatching;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The labels of what two elements give; those at each place of the "many" side are remembered. */
final class JoinLabels {
    private final VectorMatching matching;
    private final boolean changesMetric;
    private final boolean returnsBool;
    private @Nullable Labels[] many = new Labels[16];
    private @Nullable Labels[] one = new Labels[16];
    private Labels[] made = new Labels[16];

    JoinLabels(BinaryOp op, VectorMatching matching, boolean returnsBool) {
        this.matching = matching;
        this.changesMetric = op.changesMetric();
        this.returnsBool = returnsBool;
    }

    @SuppressWarnings("ReferenceEquality") // See KnownSeries.
    private boolean known(int place, Labels a, Labels b) {
        return many[place] == a && one[place] == b;
    }

    /** @param place where the first element stands in its vector */
    Labels of(int place, Labels a, Labels b, Run run) {
        if (place >= made.length) {
            int capacity = Math.max(place + 1, 2 * made.length);
            many = Arrays.copyOf(many, capacity);
            one = Arrays.copyOf(one, capacity);
            made = Arrays.copyOf(made, capacity);
        }
        if (!known(place, a, b)) {
            made[place] = of(a, b, run);
            many[place] = a;
            one[place] = b;
        }
        return made[place];
    }

    Labels of(Labels a, Labels b, Run run) {
        boolean dropsName = changesMetric || (returnsBool && !run.keepsNames());
        Labels base = dropsName ? a.anonymous() : a;
        if (matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE) {
            base = matching.on() ? base.only(matching.labels()) : base.without(matching.labels());
        }
        if (matching.include().isEmpty()) {
            return base;
        }
        LabelsBuilder builder = new LabelsBuilder(base);
        for (String label : matching.include()) {
            builder.set(label, b.get(label));
        }
        return builder.labels();
    }
}
