package dev.sluice.promql.histogram;

/** Finds out whether a counter was reset between two histograms. Source: prometheus FloatHistogram.DetectReset. */
public final class CounterReset {
    private CounterReset() {}

    /** Whether any count is less than before; the hint of the later histogram decides where it says anything. */
    public static boolean between(NativeHistogram previous, NativeHistogram current) {
        if (current.hint() == ResetHint.RESET) {
            return true;
        }
        if (current.hint() == ResetHint.NOT_RESET) {
            return false;
        }
        if (current.count() < previous.count()) {
            return true;
        }
        if (current.custom()) {
            if (!previous.custom()) {
                return true;
            }
            if (!current.sameBounds(previous)) {
                double[] common = CustomBounds.common(current.bounds(), previous.bounds());
                return less(
                        CustomBounds.map(current.positive(), current.bounds(), common),
                        CustomBounds.map(previous.positive(), previous.bounds(), common));
            }
            return less(current.positive(), previous.positive());
        }
        if (current.schema() > previous.schema() || current.zeroThreshold() < previous.zeroThreshold()) {
            return true;
        }
        ZeroBucket zero = ZeroBucket.widened(previous, current.zeroThreshold());
        if (zero.threshold() != current.zeroThreshold() || current.zeroCount() < zero.count()) {
            return true;
        }
        return less(side(current, current.positive(), current), side(previous, previous.positive(), current))
                || less(side(current, current.negative(), current), side(previous, previous.negative(), current));
    }

    private static Buckets side(NativeHistogram h, Buckets buckets, NativeHistogram layout) {
        return ZeroBucket.outside(
                buckets.coarser(h.schema(), layout.schema()), layout.schema(), layout.zeroThreshold());
    }

    /** Whether any bucket has fewer counts than it had. */
    private static boolean less(Buckets current, Buckets previous) {
        int i = 0;
        for (int j = 0; j < previous.size(); j++) {
            while (i < current.size() && current.index(i) < previous.index(j)) {
                i++;
            }
            boolean present = i < current.size() && current.index(i) == previous.index(j);
            if (present ? current.count(i) < previous.count(j) : previous.count(j) != 0) {
                return true;
            }
        }
        return false;
    }
}
