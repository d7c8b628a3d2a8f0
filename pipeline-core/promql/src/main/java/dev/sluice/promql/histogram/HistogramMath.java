package dev.sluice.promql.histogram;

/**
 * Sums and differences of histograms. Schemas are brought to the coarser one, zero buckets to a common width, custom bounds to those that both
 * have. Source: prometheus FloatHistogram.Add and Sub.
 */
public final class HistogramMath {
    private HistogramMath() {}

    /**
     * A sum or difference.
     *
     * @param collision one operand says there was a counter reset and the other says there was none
     * @param reconciled the custom bounds differed, and only the common ones are left
     */
    public record Sum(NativeHistogram histogram, boolean collision, boolean reconciled) {}

    /** Both must be {@linkplain NativeHistogram#compatible compatible}. */
    public static Sum plus(NativeHistogram a, NativeHistogram b) {
        return combine(a, b, 1);
    }

    /** Both must be {@linkplain NativeHistogram#compatible compatible}. */
    public static Sum minus(NativeHistogram a, NativeHistogram b) {
        return combine(a, b, -1);
    }

    private static Sum combine(NativeHistogram a, NativeHistogram b, double sign) {
        boolean collision = a.hint().collides(b.hint());
        ResetHint hint = a.hint().and(b.hint());
        double count = a.count() + sign * b.count();
        double sum = a.sum() + sign * b.sum();
        if (a.custom()) {
            if (a.sameBounds(b)) {
                Buckets buckets = a.positive().plus(b.positive(), sign);
                return new Sum(NativeHistogram.custom(hint, count, sum, a.bounds(), buckets), collision, false);
            }
            double[] common = CustomBounds.common(a.bounds(), b.bounds());
            Buckets buckets = CustomBounds.map(a.positive(), a.bounds(), common)
                    .plus(CustomBounds.map(b.positive(), b.bounds(), common), sign)
                    .compact();
            return new Sum(NativeHistogram.custom(hint, count, sum, common, buckets), collision, true);
        }
        ZeroBucket zeroA = new ZeroBucket(a.zeroCount(), a.zeroThreshold());
        ZeroBucket zeroB = new ZeroBucket(b.zeroCount(), b.zeroThreshold());
        while (zeroA.threshold() != zeroB.threshold()) {
            if (zeroA.threshold() > zeroB.threshold()) {
                zeroB = ZeroBucket.widened(b, zeroA.threshold());
            } else {
                zeroA = ZeroBucket.widened(a, zeroB.threshold());
            }
        }
        int schema = Math.min(a.schema(), b.schema());
        double threshold = zeroA.threshold();
        NativeHistogram result = NativeHistogram.exponential(
                hint,
                schema,
                threshold,
                zeroA.count() + sign * zeroB.count(),
                count,
                sum,
                side(a, a.positive(), threshold)
                        .coarser(a.schema(), schema)
                        .plus(ZeroBucket.outside(b.positive().coarser(b.schema(), schema), schema, threshold), sign),
                side(a, a.negative(), threshold)
                        .coarser(a.schema(), schema)
                        .plus(ZeroBucket.outside(b.negative().coarser(b.schema(), schema), schema, threshold), sign));
        return new Sum(result, collision, false);
    }

    /** The first operand's buckets, without those that a wider zero bucket has swallowed. */
    private static Buckets side(NativeHistogram h, Buckets buckets, double threshold) {
        return threshold == h.zeroThreshold() ? buckets : ZeroBucket.outside(buckets, h.schema(), threshold);
    }
}
