package dev.sluice.promql.template;

import dev.sluice.promql.series.Labels;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Labels as templates see them. */
public final class LabelMap extends AbstractMap<String, Object> {
    private final Map<String, Object> map;

    private LabelMap(Map<String, Object> map) {
        this.map = map;
    }

    public static LabelMap of(Labels labels) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < labels.size(); i++) {
            map.put(labels.name(i), labels.value(i));
        }
        return new LabelMap(Collections.unmodifiableMap(map));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return map.entrySet();
    }
}
