package dev.sluice.slo.rules;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same traffic, told as deltas or as totals since the start, is the same to the rules. */
class TemporalityTest {
    private static final List<Double> BOUNDS = List.of(0.1, 1.0);

    private static final RuleConfig[] RULES = {
        Stage.record("sum", "rate(requests_total[1m])"),
        Stage.record("classic", "histogram_quantile(0.9, sum by (le) (rate(wait_seconds_bucket[1m])))"),
        Stage.record("mean", "rate(wait_seconds_sum[1m]) / rate(wait_seconds_count[1m])"),
        Stage.record("native", "histogram_quantile(0.9, rate(size_bytes[1m]))"),
        Stage.record("observed", "histogram_count(increase(size_bytes[1m]))"),
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void deltasAndTotalsOfTheSameTrafficGiveTheSameResults(long seed) {
        Stage totals = new Stage(Stage.config(RULES));
        Stage deltas = new Stage(Stage.config(RULES));
        Stage spread = new Stage(Stage.config(RULES));
        List<SloRules> loops = loops(spread);
        SplittableRandom random = new SplittableRandom(seed);
        Traffic total = new Traffic(0);
        int last = 0;
        for (int time = 10; time <= 300; time += 5 + random.nextInt(10)) {
            Traffic delta = new Traffic(last);
            for (int i = random.nextInt(20); i >= 0; i--) {
                // Numbers whose sums are exact, so that results can be compared to the bit.
                int value = random.nextInt(3);
                delta.add(value);
                total.add(value);
            }
            for (Stage stage : List.of(totals, deltas, spread)) {
                stage.until(time);
            }
            for (Metric.Builder metric : total.export(time, false)) {
                totals.rules.observe(Gauges.request(metric, Map.of())).await();
            }
            for (Metric.Builder metric : delta.export(time, true)) {
                deltas.rules.observe(Gauges.request(metric, Map.of())).await();
                loops.get(random.nextInt(loops.size()))
                        .observe(Gauges.request(metric, Map.of()))
                        .await();
            }
            last = time;
        }
        for (RuleConfig rule : RULES) {
            assertThat(totals.samples).anyMatch(sample -> sample.startsWith(rule.record() + "{"));
        }
        assertThat(deltas.samples).isEqualTo(totals.samples);
        assertThat(spread.samples).isEqualTo(totals.samples);
    }

    /** Deltas and native histograms, whose sums are nowhere else. */
    @Test
    void deltasGoOnAfterARestart(@TempDir Path directory) {
        SloConfig config = Configs.with(Stage.config(RULES), "storage", ComponentId.parse("file_storage"));
        Stage undisturbed = new Stage(Stage.config(RULES));
        Stage stage = new Stage(config, new TestContext("slo").extension("file_storage", new Folder(directory)));
        SplittableRandom random = new SplittableRandom(1);
        long restarted = 0;
        for (int time = 10; time <= 200; time += 10) {
            Traffic delta = new Traffic(time - 10);
            for (int i = random.nextInt(20); i >= 0; i--) {
                delta.add(random.nextInt(3));
            }
            undisturbed.until(time);
            stage.until(time - restarted);
            for (Metric.Builder metric : delta.export(time, true)) {
                undisturbed.rules.observe(Gauges.request(metric, Map.of())).await();
                stage.rules.observe(Gauges.request(metric, Map.of())).await();
            }
            if (time == 100) {
                stage.rules.stop().await();
                stage = new Stage(config, stage.context.afterCrash(Duration.ZERO));
                restarted = time;
            }
        }
        undisturbed.until(202);
        stage.until(202 - restarted);
        List<String> last = undisturbed.samples.stream()
                .filter(sample -> sample.endsWith(" @200.0"))
                .toList();
        assertThat(last).hasSize(RULES.length);
        assertThat(stage.samples).containsAll(last);
    }

    private static List<SloRules> loops(Stage stage) {
        List<SloRules> loops = new ArrayList<>(List.of(stage.rules));
        for (int i = 1; i < 4; i++) {
            TestContext context = stage.context.onAnotherLoop();
            SloRules other = new SloRules(
                    Stage.config(RULES), new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""), stage, context);
            other.start().await();
            loops.add(other);
        }
        return loops;
    }

    /** What happened from a second on: each value is 0, 1 or 2, and falls into the bucket of that number. */
    private static final class Traffic {
        private final long start;
        private final long[] counts = new long[3];

        private Traffic(long start) {
            this.start = start;
        }

        private void add(int value) {
            counts[value]++;
        }

        private List<Metric.Builder> export(long time, boolean delta) {
            var temporality = delta ? AGGREGATION_TEMPORALITY_DELTA : AGGREGATION_TEMPORALITY_CUMULATIVE;
            long count = counts[0] + counts[1] + counts[2];
            double sum = counts[1] + 2.0 * counts[2];
            Metric.Builder requests = Metric.newBuilder().setName("requests");
            requests.getSumBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(temporality)
                    .addDataPoints(NumberDataPoint.newBuilder()
                            .setStartTimeUnixNano(nanos(start))
                            .setTimeUnixNano(nanos(time))
                            .setAsInt(count));
            Metric.Builder wait = Metric.newBuilder().setName("wait").setUnit("s");
            wait.getHistogramBuilder()
                    .setAggregationTemporality(temporality)
                    .addDataPoints(HistogramDataPoint.newBuilder()
                            .setStartTimeUnixNano(nanos(start))
                            .setTimeUnixNano(nanos(time))
                            .setCount(count)
                            .setSum(sum)
                            .addAllExplicitBounds(BOUNDS)
                            .addBucketCounts(counts[0])
                            .addBucketCounts(counts[1])
                            .addBucketCounts(counts[2]));
            Metric.Builder size = Metric.newBuilder().setName("size").setUnit("By");
            var point = ExponentialHistogramDataPoint.newBuilder()
                    .setStartTimeUnixNano(nanos(start))
                    .setTimeUnixNano(nanos(time))
                    .setCount(count)
                    .setSum(sum)
                    .setZeroCount(counts[0])
                    .setScale(0);
            point.getPositiveBuilder().setOffset(-1).addBucketCounts(counts[1]).addBucketCounts(counts[2]);
            size.getExponentialHistogramBuilder()
                    .setAggregationTemporality(temporality)
                    .addDataPoints(point);
            return List.of(requests, wait, size);
        }

        private static long nanos(long seconds) {
            return (Stage.BEGIN + seconds * 1000) * 1_000_000;
        }
    }
}
