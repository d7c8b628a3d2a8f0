package dev.sluice.promql.script;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.HistogramText;
import dev.sluice.promql.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One value of a sequence.
 *
 * @param value of no meaning where there is a histogram
 * @param omitted whether there is no sample at all
 * @param hintGiven whether the histogram's counter reset hint was written down, so that it is to be compared
 */
public record SequenceValue(double value, @Nullable NativeHistogram histogram, boolean omitted, boolean hintGiven) {
    static final SequenceValue OMITTED = new SequenceValue(0, null, true, false);

    static SequenceValue of(double value) {
        return new SequenceValue(value, null, false, false);
    }

    @Override
    public String toString() {
        if (omitted) {
            return "_";
        }
        return histogram == null ? GoFloat.g(value) : HistogramText.script(histogram);
    }
}
