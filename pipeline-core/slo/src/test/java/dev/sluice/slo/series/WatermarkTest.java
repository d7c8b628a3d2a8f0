package dev.sluice.slo.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarkTest {
    private final Watermark watermark = new Watermark(5_000, 60_000);

    @Test
    void evaluationFollowsTheNewestSampleBehindTheLateness() {
        watermark.observe(100_000, 101_000);
        assertThat(watermark.evaluationTime(102_000)).isEqualTo(95_000);
        watermark.observe(99_000, 103_000);
        assertThat(watermark.evaluationTime(103_000)).isEqualTo(95_000);
        watermark.observe(110_000, 111_000);
        assertThat(watermark.evaluationTime(111_000)).isEqualTo(105_000);
    }

    @Test
    void evaluationIsNeverAheadOfTheClock() {
        watermark.observe(500_000, 100_000);
        assertThat(watermark.evaluationTime(100_000)).isEqualTo(100_000);
        assertThat(watermark.evaluationTime(101_000)).isEqualTo(101_000);
    }

    @Test
    void timeGoesOnByTheClockWhenNoSamplesCome() {
        assertThat(watermark.evaluationTime(10_000)).isEqualTo(5_000);
        watermark.observe(100_000, 100_000);
        assertThat(watermark.evaluationTime(160_000)).isEqualTo(95_000);
        assertThat(watermark.evaluationTime(160_001)).isEqualTo(155_001);
    }

    @Test
    void evaluationNeverGoesBack() {
        watermark.observe(100_000, 100_000);
        assertThat(watermark.evaluationTime(200_000)).isEqualTo(195_000);
        watermark.observe(110_000, 200_000);
        assertThat(watermark.evaluationTime(201_000)).isEqualTo(195_000);
    }
}
