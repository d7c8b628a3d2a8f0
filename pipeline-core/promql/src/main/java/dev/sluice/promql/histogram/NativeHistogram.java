package dev.sluice.promql.histogram;

import java.util.Arrays;

/**
 * A native histogram with counts that may be fractions: exponential buckets (schema -4 to 8) on both sides of a zero bucket, or custom bounds
 * (schema -53). Immutable; operations give new histograms. Semantics are those of prometheus model/histogram FloatHistogram; buckets are kept by
 * index rather than in spans.
 */
public final class NativeHistogram {
    /** The schema of histograms with custom bounds. */
    public static final int CUSTOM = -53;

    private static final double[] NO_BOUNDS = {};

    /** This and two objects with two arrays each. */
    private static final int EMPTY_BYTES = 72 + 2 * (24 + 2 * 16);

    /** An index and a count. */
    private static final int BUCKET_BYTES = Integer.BYTES + Double.BYTES;

    private final ResetHint hint;
    private final int schema;
    private final double zeroThreshold;
    private final double zeroCount;
    private final double count;
    private final double sum;
    private final Buckets positive;
    private final Buckets negative;
    private final double[] bounds;

    private NativeHistogram(
            ResetHint hint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            Buckets positive,
            Buckets negative,
            double[] bounds) {
        this.hint = hint;
        this.schema = schema;
        this.zeroThreshold = zeroThreshold;
        this.zeroCount = zeroCount;
        this.count = count;
        this.sum = sum;
        this.positive = positive;
        this.negative = negative;
        this.bounds = bounds;
    }

    /** With exponential buckets. A schema outside -4 to 8 is taken as it is, as Prometheus' test scripts allow it. */
    public static NativeHistogram exponential(
            ResetHint hint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            Buckets positive,
            Buckets negative) {
        return new NativeHistogram(hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative, NO_BOUNDS);
    }

    /**
     * With custom bounds.
     *
     * @param bounds upper bounds, strictly rising, without +Inf; not copied
     * @param buckets index {@code i} ends at {@code bounds[i]}, the one after the last bound at +Inf
     */
    public static NativeHistogram custom(ResetHint hint, double count, double sum, double[] bounds, Buckets buckets) {
        return new NativeHistogram(hint, CUSTOM, 0, 0, count, sum, buckets, Buckets.NONE, bounds);
    }

    public ResetHint hint() {
        return hint;
    }

    public int schema() {
        return schema;
    }

    public double zeroThreshold() {
        return zeroThreshold;
    }

    public double zeroCount() {
        return zeroCount;
    }

    public double count() {
        return count;
    }

    /** Also the place of the stale marker. */
    public double sum() {
        return sum;
    }

    public Buckets positive() {
        return positive;
    }

    public Buckets negative() {
        return negative;
    }

    /** Custom bounds; not to be changed. */
    public double[] bounds() {
        return bounds;
    }

    public boolean custom() {
        return schema == CUSTOM;
    }

    /** Whether the two can be added: both exponential or both custom. */
    public boolean compatible(NativeHistogram other) {
        return custom() == other.custom();
    }

    public NativeHistogram with(ResetHint changed) {
        return changed == hint
                ? this
                : new NativeHistogram(
                        changed, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
    }

    /** Every count and the sum multiplied; by a negative factor it becomes a gauge. */
    public NativeHistogram times(double factor) {
        return new NativeHistogram(
                factor < 0 ? ResetHint.GAUGE : hint,
                schema,
                zeroThreshold,
                zeroCount * factor,
                count * factor,
                sum * factor,
                positive.times(factor),
                negative.times(factor),
                bounds);
    }

    /** Every count and the sum divided; by zero all buckets go, by a negative number it becomes a gauge. */
    public NativeHistogram dividedBy(double divisor) {
        return new NativeHistogram(
                divisor < 0 ? ResetHint.GAUGE : hint,
                schema,
                zeroThreshold,
                zeroCount / divisor,
                count / divisor,
                sum / divisor,
                divisor == 0 ? Buckets.NONE : positive.dividedBy(divisor),
                divisor == 0 ? Buckets.NONE : negative.dividedBy(divisor),
                bounds);
    }

    /** Without empty buckets. */
    public NativeHistogram compact() {
        Buckets p = positive.compact();
        Buckets n = negative.compact();
        return p == positive && n == negative
                ? this
                : new NativeHistogram(hint, schema, zeroThreshold, zeroCount, count, sum, p, n, bounds);
    }

    /** Count and sum only, with what is known of a reset. */
    public NativeHistogram statistics(ResetHint known) {
        return new NativeHistogram(known, schema, 0, 0, count, sum, Buckets.NONE, Buckets.NONE, NO_BOUNDS);
    }

    /** An exponential histogram in a coarser schema. */
    NativeHistogram coarser(int target) {
        return target == schema
                ? this
                : new NativeHistogram(
                        hint,
                        target,
                        zeroThreshold,
                        zeroCount,
                        count,
                        sum,
                        positive.coarser(schema, target),
                        negative.coarser(schema, target),
                        bounds);
    }

    /** In the schema given where that is coarser; custom bounds stay. */
    public NativeHistogram atMost(int target) {
        return custom() || target >= schema ? this : coarser(target);
    }

    /** The same layout with nothing counted and no zero bucket. */
    public NativeHistogram emptied() {
        return emptied(0);
    }

    NativeHistogram emptied(double threshold) {
        return new NativeHistogram(hint, schema, threshold, 0, 0, 0, Buckets.NONE, Buckets.NONE, bounds);
    }

    boolean sameBounds(NativeHistogram other) {
        return Arrays.equals(bounds, other.bounds);
    }

    /** Whether any count or the sum is infinite. */
    boolean overflowed() {
        return Double.isInfinite(zeroCount)
                || Double.isInfinite(count)
                || Double.isInfinite(sum)
                || infinite(positive)
                || infinite(negative);
    }

    private static boolean infinite(Buckets buckets) {
        for (int i = 0; i < buckets.size(); i++) {
            if (Double.isInfinite(buckets.count(i))) {
                return true;
            }
        }
        return false;
    }

    /** About how many bytes it takes. */
    public int bytes() {
        return EMPTY_BYTES + BUCKET_BYTES * (positive.size() + negative.size());
    }

    /** The same data to the bit, the hint aside. Two histograms that differ in empty buckets are not the same: compact them first. */
    public boolean same(NativeHistogram other) {
        return schema == other.schema
                && bits(count, other.count)
                && bits(sum, other.sum)
                && sameBounds(other)
                && zeroThreshold == other.zeroThreshold
                && bits(zeroCount, other.zeroCount)
                && negative.same(other.negative)
                && positive.same(other.positive);
    }

    private static boolean bits(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    /** As Prometheus shows a histogram in a result. */
    @Override
    public String toString() {
        return HistogramText.text(this);
    }
}
