package dev.sluice.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExponentialBucketsTest {
    @Test
    void coarserBucketsHoldWhatTheFinerOnesHeld() {
        ExponentialBuckets fine = ExponentialBuckets.of(-3, 1, 2, 3, 4, 5);

        assertThat(fine.downscaled(1).toNative()).isEqualTo(NativeBuckets.of(-1, new long[] {1, 5, 9}));
        assertThat(fine.downscaled(31).toNative()).isEqualTo(NativeBuckets.of(0, new long[] {6, 9}));
        assertThat(fine.downscaled(0)).isSameAs(fine);
        assertThat(ExponentialBuckets.EMPTY.downscaled(3)).isSameAs(ExponentialBuckets.EMPTY);
    }

    @Test
    void sumsCoverBothRunsAndTheGapBetween() {
        ExponentialBuckets low = ExponentialBuckets.of(-2, 1, 1);
        ExponentialBuckets high = ExponentialBuckets.of(2, 5);

        assertThat(low.plus(high).toNative()).isEqualTo(NativeBuckets.of(-1, new long[] {1, 1, 0, 0, 5}));
        assertThat(high.plus(low).toNative()).isEqualTo(low.plus(high).toNative());
        assertThat(low.plus(ExponentialBuckets.EMPTY).toNative()).isEqualTo(low.toNative());
        assertThat(ExponentialBuckets.EMPTY.plus(low)).isSameAs(low);
        assertThat(ExponentialBuckets.span(
                        ExponentialBuckets.of(Integer.MIN_VALUE, 1), ExponentialBuckets.of(Integer.MAX_VALUE, 1)))
                .isEqualTo(1L << 32);
    }

    @Test
    void bucketsWithinTheZeroThresholdAreZero() {
        // Scale 0: the buckets (1/2, 1], (1, 2], (2, 4].
        ExponentialBuckets buckets = ExponentialBuckets.of(-1, 1, 2, 4);

        assertThat(buckets.below(2, 0)).isEqualTo(3);
        assertThat(buckets.above(2, 0).toNative()).isEqualTo(NativeBuckets.of(2, new long[] {4}));
        assertThat(buckets.below(1.9, 0)).isEqualTo(1);
        assertThat(buckets.above(100, 0)).isSameAs(ExponentialBuckets.EMPTY);
        assertThat(buckets.above(0, 0)).isSameAs(buckets);
    }
}
