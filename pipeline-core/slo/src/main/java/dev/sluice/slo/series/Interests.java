package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.WindowSum;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes references of series that rules read. There are few different interests, so each is made once. For one thread. */
public final class Interests {
    private final RuleSelectors selectors;
    private final Map<BitSet, Interest> bySelectors = new HashMap<>();

    public Interests(RuleSelectors selectors) {
        this.selectors = selectors;
    }

    /** Whether any rule may read a series of that metric, going by its name alone. */
    public boolean mayRead(String metricName) {
        return selectors.mayRead(metricName);
    }

    /** The series, or {@code null} if no rule reads it. */
    public @Nullable SeriesRef ref(Labels labels) {
        Interest interest = of(labels);
        return interest == null ? null : new SeriesRef(labels, interest);
    }

    @Nullable
    Interest of(Labels labels) {
        BitSet matched = new BitSet();
        selectors.index.visit(labels, selector -> matched.set(selector.number()));
        return matched.isEmpty() ? null : bySelectors.computeIfAbsent(matched, this::interest);
    }

    private Interest interest(BitSet matched) {
        long retention = 0;
        long hold = 0;
        long expiry = 0;
        long endedExpiry = 0;
        Set<WindowSum> sums = new LinkedHashSet<>();
        BitSet readers = new BitSet();
        BitSet groups = new BitSet();
        for (int i = matched.nextSetBit(0); i >= 0; i = matched.nextSetBit(i + 1)) {
            RuleSelectors.Selector selector = selectors.selectors.get(i);
            retention = Math.max(retention, selector.retention());
            expiry = Math.max(expiry, selector.expiry());
            endedExpiry = Math.max(endedExpiry, selector.endedExpiry());
            if (selector.sum() != null) {
                hold = Math.max(hold, selector.retention());
                sums.add(selector.sum());
            }
            readers.set(selector.rule());
            groups.set(selector.group());
        }
        List<WatchedRule> rules =
                readers.stream().mapToObj(selectors.rules::get).toList();
        return new Interest(retention, hold, expiry, endedExpiry, rules, groups, List.copyOf(sums));
    }
}
