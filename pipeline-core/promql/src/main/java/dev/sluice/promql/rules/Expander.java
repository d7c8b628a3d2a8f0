package dev.sluice.promql.rules;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import org.jspecify.annotations.Nullable;

/** Fills in the templates in an alert's labels and annotations. */
@FunctionalInterface
public interface Expander {
    /** Takes templates as they stand. */
    Expander NONE = (template, data) -> template;

    /**
     * An element of the result that makes an alert.
     *
     * @param alert the alert's name
     * @param labels all of the element's, with the metric's name
     */
    record Data(
            String alert,
            Labels labels,
            double value,
            @Nullable NativeHistogram histogram,
            long time) {}

    String expand(String template, Data data);
}
