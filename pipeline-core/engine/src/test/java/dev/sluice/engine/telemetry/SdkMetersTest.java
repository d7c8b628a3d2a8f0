package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkMetersTest {
    private final PullReader reader = new PullReader();
    private final SdkMeterProvider provider = SdkMeterProvider.builder()
            .registerMetricReader(reader)
            .setExemplarFilter(ExemplarFilter.alwaysOff())
            .build();
    private final MeterSource source = SdkMeters.source(provider.get("test"));

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aCounterCarriesThePrefixTheComponentAndItsLabels() {
        Meters meters = source.of("receiver", ComponentId.parse("otlp/edge"), Map.of("transport", "http"));

        meters.counter("receiver_accepted_spans", "{spans}", "Number of spans.", Map.of())
                .add(3);

        MetricData metric = metric("otelcol_receiver_accepted_spans");
        assertThat(metric.getUnit()).isEqualTo("{spans}");
        assertThat(metric.getDescription()).isEqualTo("Number of spans.");
        assertThat(metric.getLongSumData().isMonotonic()).isTrue();
        assertThat(metric.getLongSumData().getPoints()).singleElement().satisfies(point -> {
            assertThat(point.getValue()).isEqualTo(3);
            assertThat(point.getAttributes())
                    .isEqualTo(Attributes.builder()
                            .put("receiver", "otlp/edge")
                            .put("transport", "http")
                            .build());
        });
    }

    @Test
    void twoLoopsThatAskForTheSameComponentShareItsSeries() {
        ComponentId id = ComponentId.parse("otlp");
        source.of("receiver", id, Map.of())
                .counter("n", "", "", Map.of("a", "b"))
                .add(1);
        source.of("receiver", id, Map.of())
                .counter("n", "", "", Map.of("a", "b"))
                .add(2);

        assertThat(metric("otelcol_n").getLongSumData().getPoints())
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(3));
    }

    @Test
    void aGaugeKeepsTheLastValueAndAHistogramItsBounds() {
        Meters meters = source.of("exporter", ComponentId.parse("debug"), Map.of());

        Meters.Gauge gauge = meters.gauge("exporter_queue_size", "{batches}", "", Map.of());
        gauge.set(4);
        gauge.set(2);
        Meters.Histogram histogram = meters.histogram("h", "s", "", Map.of(), 1, 10);
        histogram.record(0.5);
        histogram.record(5);
        histogram.record(7);

        assertThat(metric("otelcol_exporter_queue_size").getDoubleGaugeData().getPoints())
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(2));
        HistogramPointData point =
                metric("otelcol_h").getHistogramData().getPoints().iterator().next();
        assertThat(point.getBoundaries()).containsExactly(1.0, 10.0);
        assertThat(point.getCounts()).containsExactly(1L, 2L, 0L);
    }

    @Test
    void addingAllocatesNothing() {
        Meters.Counter counter = source.of("receiver", ComponentId.parse("otlp"), Map.of("transport", "grpc"))
                .counter("n", "", "", Map.of());
        for (int i = 0; i < 20_000; i++) {
            counter.add(1);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        threads.getThreadAllocatedBytes(thread);

        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 10_000; i++) {
            counter.add(1);
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        // One object each would be 160 kB at least; a few bytes are the measurement's own.
        assertThat(allocated).isLessThan(10_000);
    }

    private MetricData metric(String name) {
        return reader.collect().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
