package dev.sluice.exporters.prometheusremotewrite;

import java.util.Arrays;
import java.util.List;

/**
 * The bounds of a histogram or the quantiles of a summary, each as its label.
 *
 * @param values not written to by anybody
 * @param labels one for each value, and for a histogram one more, to infinity
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isOf alone
record Steps(double[] values, List<LabelRun> labels) {
    boolean isOf(double[] others) {
        return Arrays.equals(values, others);
    }
}
