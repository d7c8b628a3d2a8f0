package dev.sluice.promql.histogram;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Upper bounds of buckets. Exponential schemas -4 to 8 divide each power of two by 2^schema bounds; bucket {@code i} is (bound(i-1), bound(i)].
 * Source: the native histogram specification (prometheus.io/docs/specs/native_histograms) and prometheus model/histogram.
 */
final class BucketBounds {
    private static final int FINEST = 8;
    private static final int MIN_SCHEMA = -4;

    /** 0.5 times 2^(i/256), each the double nearest to it. */
    private static final double[] FRACTIONS = fractions();

    private BucketBounds() {}

    static boolean exponential(int schema) {
        return schema >= MIN_SCHEMA && schema <= FINEST;
    }

    /** The upper bound of a bucket; for custom bounds the last is +Inf and that before the first is -Inf. */
    static double bound(int index, int schema, double[] custom) {
        if (schema != NativeHistogram.CUSTOM) {
            return exponentialBound(index, schema);
        }
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index < custom.length ? custom[index] : Double.POSITIVE_INFINITY;
    }

    static double exponentialBound(int index, int schema) {
        if (schema < 0) {
            long exponent = (long) index << -schema;
            if (exponent == Double.MAX_EXPONENT + 1) {
                // The last bucket of finite numbers ends at the greatest of them; the next holds infinity.
                return Double.MAX_VALUE;
            }
            return Math.scalb(1.0, (int) Math.clamp(exponent, -4000L, 4000L));
        }
        double fraction = FRACTIONS[(index & (1 << schema) - 1) << (FINEST - schema)];
        int exponent = (index >> schema) + 1;
        if (fraction == 0.5 && exponent == Double.MAX_EXPONENT + 2) {
            return Double.MAX_VALUE;
        }
        return Math.scalb(fraction, exponent);
    }

    /** The index that a bucket has in a coarser schema. */
    static int coarser(int index, int from, int to) {
        return ((index - 1) >> (from - to)) + 1;
    }

    private static double[] fractions() {
        MathContext precision = new MathContext(50);
        BigDecimal root = BigDecimal.TWO;
        for (int i = 0; i < FINEST; i++) {
            root = root.sqrt(precision);
        }
        double[] all = new double[1 << FINEST];
        BigDecimal next = new BigDecimal("0.5");
        for (int i = 0; i < all.length; i++) {
            all[i] = next.doubleValue();
            next = next.multiply(root, precision);
        }
        return all;
    }
}
