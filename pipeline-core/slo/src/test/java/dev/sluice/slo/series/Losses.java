package dev.sluice.slo.series;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a store could not keep. */
public final class Losses implements StoreListener {
    final Map<String, Integer> rejected = new TreeMap<>();
    final Map<SampleLoss, Integer> dropped = new EnumMap<>(SampleLoss.class);

    @Override
    public void rejected(WatchedRule rule) {
        rejected.merge(rule.name(), 1, Integer::sum);
    }

    @Override
    public void dropped(SampleLoss reason) {
        dropped.merge(reason, 1, Integer::sum);
    }

    List<String> all() {
        List<String> all = new ArrayList<>();
        rejected.forEach((rule, n) -> all.add(rule + "=" + n));
        dropped.forEach((reason, n) -> all.add(reason.key() + "=" + n));
        return all;
    }
}
