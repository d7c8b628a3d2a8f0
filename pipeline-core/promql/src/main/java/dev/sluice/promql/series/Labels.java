package dev.sluice.promql.series;

import dev.sluice.gotext.GoString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series: pairs sorted by name, without empty values, immutable, with the hash computed once. A series hands out one object for
 * its whole life, so evaluation may recognise it by identity before it compares.
 */
public final class Labels implements Comparable<Labels> {
    /** The label that holds the metric's name. */
    public static final String NAME = "__name__";

    /** The labels that hold what the type-and-unit feature adds; they go when the name goes. */
    public static final String TYPE = "__type__";

    public static final String UNIT = "__unit__";

    /** The label of a classic bucket's upper bound. */
    public static final String BUCKET = "le";

    public static final Labels EMPTY = new Labels(new String[0]);

    /** Name, value, name, value, ... */
    private final String[] pairs;

    private final int hash;

    /** This without name, type and unit; made when it is first wanted. Racing threads would make equal ones. */
    private @Nullable Labels anonymous;

    /** @param pairs sorted by name, no empty values; not copied */
    Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /** Labels of alternating names and values, in any order; an empty value means no label, and of equal names the last wins. */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values come in pairs");
        }
        LabelsBuilder builder = new LabelsBuilder(EMPTY);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.labels();
    }

    public static Labels of(Map<String, String> labels) {
        LabelsBuilder builder = new LabelsBuilder(EMPTY);
        labels.forEach(builder::set);
        return builder.labels();
    }

    public int size() {
        return pairs.length / 2;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /** The value, or the empty string where there is no such label. */
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    public String metricName() {
        return get(NAME);
    }

    /** Without name, type and unit; the same object each time. */
    public Labels anonymous() {
        Labels found = anonymous;
        if (found == null) {
            found = without(NAME, TYPE, UNIT);
            anonymous = found;
        }
        return found;
    }

    /** Only the labels named. */
    public Labels only(List<String> names) {
        return select(names, true);
    }

    /** All but the labels named. */
    public Labels without(String... names) {
        return select(Arrays.asList(names), false);
    }

    public Labels without(List<String> names) {
        return select(names, false);
    }

    private Labels select(List<String> names, boolean keep) {
        List<String> kept = new ArrayList<>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (names.contains(pairs[i]) == keep) {
                kept.add(pairs[i]);
                kept.add(pairs[i + 1]);
            }
        }
        return kept.size() == pairs.length ? this : kept.isEmpty() ? EMPTY : new Labels(kept.toArray(String[]::new));
    }

    /** With that value for the label; an empty one removes it. */
    public Labels with(String name, String value) {
        return new LabelsBuilder(this).set(name, value).labels();
    }

    String[] pairs() {
        return pairs;
    }

    /** In the order of names and values, the shorter first where one begins with the other. */
    @Override
    public int compareTo(Labels other) {
        int n = Math.min(pairs.length, other.pairs.length);
        for (int i = 0; i < n; i++) {
            int order = GoString.compare(pairs[i], other.pairs[i]);
            if (order != 0) {
                return order;
            }
        }
        return pairs.length - other.pairs.length;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return this == o || (o instanceof Labels other && hash == other.hash && Arrays.equals(pairs, other.pairs));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As Prometheus shows them: <code>{a="1", b="2"}</code>, with a name in quotes where it needs them. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < pairs.length; i += 2) {
            if (i > 0) {
                out.append(", ");
            }
            out.append(Names.legacy(pairs[i]) ? pairs[i] : GoString.quote(pairs[i]))
                    .append('=')
                    .append(GoString.quote(pairs[i + 1]));
        }
        return out.append('}').toString();
    }
}
