package dev.sluice.slo.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import org.junit.jupiter.api.Test;

/** The rules of OpenTelemetry's data model for deltas that follow, leave a gap, overlap or begin anew. */
class DeltaSumTest {
    private final DeltaSum sum = new DeltaSum();

    @Test
    void deltasThatFollowEachOtherAddUp() {
        assertThat(sum.add(1000, 2000, 5, null)).isNull();
        assertThat(sum.add(2000, 3000, 7, null)).isNull();
        assertThat(sum.value()).isEqualTo(12);
        assertThat(sum.start()).isEqualTo(1000);
    }

    @Test
    void aDeltaWithoutStartFollows() {
        assertThat(sum.add(0, 2000, 5, null)).isNull();
        assertThat(sum.add(0, 3000, 7, null)).isNull();
        assertThat(sum.value()).isEqualTo(12);
        assertThat(sum.start()).isZero();
        assertThat(sum.add(0, 3000, 7, null)).isEqualTo(SampleLoss.DUPLICATE);
    }

    @Test
    void afterAGapTheSumBeginsAnew() {
        assertThat(sum.add(1000, 2000, 5, null)).isNull();
        assertThat(sum.add(2500, 3000, 7, null)).isNull();
        assertThat(sum.value()).isEqualTo(7);
        assertThat(sum.start()).isEqualTo(2500);
    }

    @Test
    void anOverlappingDeltaIsDropped() {
        assertThat(sum.add(1000, 2000, 5, null)).isNull();
        assertThat(sum.add(1500, 2500, 7, null)).isEqualTo(SampleLoss.OVERLAP);
        assertThat(sum.add(1000, 2000, 5, null)).isEqualTo(SampleLoss.OVERLAP);
        assertThat(sum.value()).isEqualTo(5);
        assertThat(sum.add(2000, 3000, 1, null)).isNull();
        assertThat(sum.value()).isEqualTo(6);
    }

    @Test
    void afterTheEndOfTheSeriesTheSumBeginsAnew() {
        assertThat(sum.add(1000, 2000, 5, null)).isNull();
        sum.end();
        assertThat(sum.add(1500, 3000, 2, null)).isNull();
        assertThat(sum.value()).isEqualTo(2);
    }

    @Test
    void histogramsAddUpBucketByBucket() {
        assertThat(sum.add(1000, 2000, 6, exponential(3, 6))).isNull();
        assertThat(sum.add(2000, 3000, 4, exponential(2, 4))).isNull();
        NativeHistogram histogram = sum.histogram();
        assertThat(histogram).isNotNull();
        assertThat(histogram.count()).isEqualTo(5);
        assertThat(histogram.positive().count(0)).isEqualTo(5);
        assertThat(sum.value()).isEqualTo(10);
        NativeHistogram other = NativeHistogram.custom(ResetHint.UNKNOWN, 1, 1, new double[] {1}, Buckets.from(0, 1));
        assertThat(sum.add(3000, 4000, 1, other)).isEqualTo(SampleLoss.INCOMPATIBLE);
    }

    private static NativeHistogram exponential(double count, double total) {
        return NativeHistogram.exponential(
                ResetHint.UNKNOWN, 0, 0, 0, count, total, Buckets.from(1, count), Buckets.NONE);
    }
}
