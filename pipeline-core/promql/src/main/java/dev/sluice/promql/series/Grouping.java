package dev.sluice.promql.series;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Which part of the labels tells groups apart. */
public final class Grouping {
    private Grouping() {}

    /** What {@code by} or {@code without} leaves. */
    public static UnaryOperator<Labels> of(List<String> labels, boolean without) {
        return without ? without(labels) : own -> own.only(labels);
    }

    /** All but the labels listed and what belongs to the metric. */
    public static UnaryOperator<Labels> without(List<String> labels) {
        List<String> removed = new ArrayList<>(labels);
        removed.addAll(List.of(Labels.NAME, Labels.TYPE, Labels.UNIT));
        return own -> own.without(removed);
    }
}
