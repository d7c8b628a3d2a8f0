package dev.sluice.promql.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NativeHistogramTest {
    private static NativeHistogram random(Random random, int schema) {
        double[] positive = new double[1 + random.nextInt(20)];
        double[] negative = new double[1 + random.nextInt(20)];
        for (double[] side : new double[][] {positive, negative}) {
            for (int i = 0; i < side.length; i++) {
                side[i] = random.nextInt(5);
            }
        }
        double threshold = random.nextInt(3) * 0.25;
        double zero = random.nextInt(5);
        Buckets above = ZeroBucket.outside(Buckets.from(random.nextInt(9) - 6, positive), schema, threshold);
        Buckets below = ZeroBucket.outside(Buckets.from(random.nextInt(9) - 6, negative), schema, threshold);
        NativeHistogram uncounted = NativeHistogram.exponential(
                ResetHint.UNKNOWN, schema, threshold, zero, 0, random.nextDouble(), above, below);
        return NativeHistogram.exponential(
                ResetHint.UNKNOWN, schema, threshold, zero, inBuckets(uncounted), uncounted.sum(), above, below);
    }

    private static double inBuckets(NativeHistogram h) {
        double sum = h.zeroCount();
        for (int i = 0; i < h.positive().size(); i++) {
            sum += h.positive().count(i);
        }
        for (int i = 0; i < h.negative().size(); i++) {
            sum += h.negative().count(i);
        }
        return sum;
    }

    @Test
    void sumsLoseNoCountsWhateverTheLayouts() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            NativeHistogram a = random(random, random.nextInt(5));
            NativeHistogram b = random(random, random.nextInt(5));
            NativeHistogram sum = HistogramMath.plus(a, b).histogram();
            assertThat(inBuckets(sum)).isEqualTo(sum.count());
            assertThat(sum.count()).isEqualTo(a.count() + b.count());
            assertThat(sum.schema()).isEqualTo(Math.min(a.schema(), b.schema()));
            assertThat(CounterReset.between(a, sum)
                            && sum.zeroThreshold() == a.zeroThreshold()
                            && sum.schema() == a.schema())
                    .isFalse();
            NativeHistogram back = HistogramMath.minus(sum, b).histogram();
            assertThat(back.count()).isEqualTo(a.count());
            assertThat(inBuckets(back)).isEqualTo(a.count());
            HistogramSum running = new HistogramSum(a);
            assertThat(running.add(b)).isTrue();
            assertThat(running.sum().compact().same(sum.compact())).isTrue();
        }
    }

    @Test
    void boundsAreExactPowersAndTheLastIsFinite() {
        assertThat(BucketBounds.exponentialBound(3, 0)).isEqualTo(8);
        assertThat(BucketBounds.exponentialBound(-3, 0)).isEqualTo(0.125);
        assertThat(BucketBounds.exponentialBound(2, -1)).isEqualTo(16);
        assertThat(BucketBounds.exponentialBound(8, 3)).isEqualTo(2);
        assertThat(BucketBounds.exponentialBound(1, 1)).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(BucketBounds.exponentialBound(1024, 0)).isEqualTo(Double.MAX_VALUE);
        assertThat(BucketBounds.exponentialBound(1025, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(BucketBounds.exponentialBound(512, -1)).isEqualTo(Double.MAX_VALUE);
        assertThat(BucketBounds.exponential(9)).isFalse();
        assertThat(BucketBounds.exponential(-5)).isFalse();
        assertThat(BucketBounds.bound(-1, NativeHistogram.CUSTOM, new double[] {1}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(BucketBounds.bound(5, NativeHistogram.CUSTOM, new double[] {1}))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void bucketsRise() {
        assertThatThrownBy(() -> Buckets.of(new int[] {2, 1}, new double[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Buckets.of(new int[] {2}, new double[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantilesAndFractionsAreInverse() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            NativeHistogram h = random(random, random.nextInt(4)).compact();
            double q = random.nextDouble();
            double value = HistogramQuantile.of(q, h).value();
            if (h.count() > 0 && value != 0) {
                assertThat(HistogramFraction.of(Double.NEGATIVE_INFINITY, value, h)
                                .value())
                        .isCloseTo(q, within(1e-9));
            }
        }
    }

    @Test
    void meansGoOnWhereSumsWouldOverflow() {
        NativeHistogram huge = NativeHistogram.exponential(
                ResetHint.RESET, 0, 0, 0, 1e308, 1e308, Buckets.from(0, 1e308), Buckets.NONE);
        HistogramSum mean = new HistogramSum(huge);
        assertThat(mean.addToMean(huge.with(ResetHint.NOT_RESET))).isTrue();
        assertThat(mean.addToMean(huge)).isTrue();
        assertThat(mean.mean().count()).isCloseTo(1e308, within(1e294));
        assertThat(mean.collided()).isTrue();
        NativeHistogram custom = NativeHistogram.custom(ResetHint.UNKNOWN, 1, 1, new double[] {1}, Buckets.from(0, 1));
        assertThat(mean.addToMean(custom)).isFalse();
        assertThat(new HistogramSum(huge).add(custom)).isFalse();
    }

    @Test
    void customBoundsAreReconciled() {
        NativeHistogram a =
                NativeHistogram.custom(ResetHint.RESET, 6, 6, new double[] {1, 2, 4}, Buckets.from(0, 1, 2, 1, 2));
        NativeHistogram b =
                NativeHistogram.custom(ResetHint.NOT_RESET, 4, 4, new double[] {1, 4, 8}, Buckets.from(0, 1, 1, 1, 1));
        HistogramMath.Sum sum = HistogramMath.plus(a, b);
        assertThat(sum.reconciled()).isTrue();
        assertThat(sum.collision()).isTrue();
        assertThat(HistogramText.script(sum.histogram()))
                .isEqualTo("{{schema:-53 count:10 sum:10 custom_values:[1 4] buckets:[2 4 4]}}");
        HistogramSum running = new HistogramSum(a);
        running.add(b);
        assertThat(running.reconciled()).isTrue();
        assertThat(running.sum().same(sum.histogram())).isTrue();
    }

    @Test
    void textsShowGapsAndSigns() {
        NativeHistogram h = NativeHistogram.exponential(
                ResetHint.GAUGE,
                0,
                0.5,
                1,
                6,
                -2,
                Buckets.of(new int[] {1, 3}, new double[] {1, 2}),
                Buckets.of(new int[] {2}, new double[] {2}));
        assertThat(h).hasToString("{count:6, sum:-2, [-4,-2):2, [-0.5,0.5]:1, (1,2]:1, (4,8]:2}");
        assertThat(HistogramText.script(h))
                .isEqualTo(
                        "{{count:6 sum:-2 z_bucket:1 z_bucket_w:0.5 counter_reset_hint:gauge offset:1 buckets:[1 0 2] "
                                + "n_offset:2 n_buckets:[2]}}");
        assertThat(h.same(h.times(1))).isTrue();
        assertThat(h.same(h.times(2))).isFalse();
        assertThat(h.times(-1).hint()).isEqualTo(ResetHint.GAUGE);
        assertThat(h.dividedBy(-2).count()).isEqualTo(-3);
    }
}
