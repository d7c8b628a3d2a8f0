package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.gauge;
import static dev.sluice.exporters.prometheusremotewrite.Points.metrics;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.exporters.prometheus.Requests;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.prometheus.PointFingerprints;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.Configs;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownSeriesTest {
    private static final int SERIES = 500;
    private static final int BATCHES = 50;

    private final Budget budget = new Budget();
    private final RequestWriter writer = RequestWriter.of(ProtobufMessage.WRITE_V2_REQUEST);

    @Test
    void whatComesBeyondTheBoundLeavesNothingBehindForLong() {
        KnownSeries known = known(10);
        for (int batch = 0; batch < BATCHES; batch++) {
            take(known, batch);
        }

        assertThat(known.size()).isEqualTo(10);
        assertThat(writer.kept())
                .as("texts of labels, of which %d came", BATCHES * SERIES)
                .isLessThan(15_000);
    }

    @Test
    void whatIsRememberedIsKept() {
        KnownSeries known = known(1_000_000);
        for (int batch = 0; batch < BATCHES; batch++) {
            take(known, batch);
        }

        assertThat(known.size()).isEqualTo(BATCHES * SERIES);
        assertThat(writer.kept()).isGreaterThan(BATCHES * SERIES);
    }

    @Test
    void whatSeriesTakeIsChargedUntilTheyAreForgotten() {
        KnownSeries known = known(1_000_000);
        take(known, 0);
        long first = budget.used();
        take(known, 100);
        assertThat(first).isGreaterThan(100L * SERIES);
        assertThat(budget.used()).isGreaterThan(first + 100L * SERIES);

        known.sweep(Duration.ofMinutes(10).toNanos() + 50);
        assertThat(known.size()).isEqualTo(SERIES);
        assertThat(budget.used()).isBetween(100L * SERIES, first + SERIES * 10L);

        known.clear();
        assertThat(budget.used()).isZero();
    }

    /** Points of series that are all new, every second of a metric that is new too. */
    private static void take(KnownSeries known, int batch) {
        String text = IntStream.range(0, SERIES)
                .mapToObj(i -> gauge(
                        i % 2 == 0 ? "g" : "g" + batch + "_" + i,
                        point(1, "as_int: 1 " + Requests.attribute("number", batch + "/" + i))))
                .collect(Collectors.joining());
        PointFingerprints fingerprints = new PointFingerprints();
        MetricsView view = new MetricsView();
        view.reset(metrics(text).wire());
        fingerprints.begin();
        while (view.next()) {
            fingerprints.metric(view);
            PointsView points = view.metric().points();
            while (points.next()) {
                if (known.of(fingerprints.point(points.point()), view, points.point(), batch)
                        instanceof Series series) {
                    series.updated(batch);
                }
            }
        }
        known.endBatch();
    }

    private KnownSeries known(int maxSeries) {
        return new KnownSeries(Configs.with(RemoteWriteConfig.DEFAULT, "max_series", maxSeries), writer, budget);
    }
}
