package dev.sluice.prometheus;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a series, sorted by name, each name once. Immutable. */
public final class Labels {
    public static final Labels EMPTY = new Labels(new String[0]);

    /** Name and value of label {@code i} at {@code 2i} and {@code 2i + 1}. */
    private final String[] pairs;

    private final boolean legacy;
    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
        boolean plain = true;
        for (int i = 0; i < pairs.length && plain; i += 2) {
            plain = Escaping.isLegacy(pairs[i]);
        }
        this.legacy = plain;
    }

    /** Throws {@link IllegalArgumentException} if a name lacks a value or comes twice. */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a label name without a value");
        }
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (sorted.put(namesAndValues[i], namesAndValues[i + 1]) != null) {
                throw new IllegalArgumentException("label " + namesAndValues[i] + " comes twice");
            }
        }
        return ofSorted(sorted);
    }

    public static Labels of(Map<String, String> labels) {
        return ofSorted(new TreeMap<>(labels));
    }

    private static Labels ofSorted(Map<String, String> sorted) {
        if (sorted.isEmpty()) {
            return EMPTY;
        }
        String[] pairs = new String[2 * sorted.size()];
        int next = 0;
        for (Map.Entry<String, String> label : sorted.entrySet()) {
            pairs[next++] = label.getKey();
            pairs[next++] = label.getValue();
        }
        return new Labels(pairs);
    }

    public int size() {
        return pairs.length / 2;
    }

    public String name(int i) {
        return pairs[2 * i];
    }

    public String value(int i) {
        return pairs[2 * i + 1];
    }

    /** No name needs quoting or escaping in any format. */
    boolean legacy() {
        return legacy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && hash == that.hash && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(name(i))
                    .append("=\"")
                    .append(value(i))
                    .append('"');
        }
        return text.append('}').toString();
    }
}
