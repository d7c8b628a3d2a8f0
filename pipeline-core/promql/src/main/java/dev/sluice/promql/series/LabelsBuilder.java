package dev.sluice.promql.series;

import dev.sluice.gotext.GoString;
import java.util.Arrays;

/** Changes a set of labels step by step. Not for more than one thread. */
public final class LabelsBuilder {
    private String[] pairs;
    private int length;

    public LabelsBuilder(Labels from) {
        pairs = from.pairs().clone();
        length = pairs.length;
    }

    /** Sets the label, or removes it where the value is empty. */
    public LabelsBuilder set(String name, String value) {
        int at = 0;
        int order = 1;
        while (at < length) {
            order = GoString.compare(pairs[at], name);
            if (order >= 0) {
                break;
            }
            at += 2;
        }
        boolean found = at < length && order == 0;
        if (value.isEmpty()) {
            if (found) {
                System.arraycopy(pairs, at + 2, pairs, at, length - at - 2);
                length -= 2;
            }
            return this;
        }
        if (!found) {
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, Math.max(8, 2 * length));
            }
            System.arraycopy(pairs, at, pairs, at + 2, length - at);
            pairs[at] = name;
            length += 2;
        }
        pairs[at + 1] = value;
        return this;
    }

    public LabelsBuilder remove(String name) {
        return set(name, "");
    }

    public Labels labels() {
        return length == 0 ? Labels.EMPTY : new Labels(Arrays.copyOf(pairs, length));
    }
}
