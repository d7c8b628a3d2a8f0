package dev.sluice.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads back with the classes that protoc made from metrics.proto. */
class ProtobufWriterTest {
    private static final ExpositionFormat FORMAT =
            new ExpositionFormat(ExpositionFormat.Kind.PROTOBUF, Escaping.UNDERSCORES);

    @Test
    void theReferenceParserReadsCountersGaugesAndUntyped() throws IOException {
        List<Metrics.MetricFamily> families = parse(Families.all());

        assertThat(families)
                .extracting(Metrics.MetricFamily::getName)
                .containsExactly(
                        "requests_total", "temperature", "thing", "latency_seconds", "size_bytes", "rpc_seconds");
        assertThat(families.getFirst().toString()).isEqualTo("""
                name: "requests_total"
                help: "How many\\n\\"requests\\" \\\\ all"
                type: COUNTER
                metric {
                  label {
                    name: "code"
                    value: "200"
                  }
                  label {
                    name: "quote"
                    value: "\\"\\\\\\n"
                  }
                  counter {
                    value: 1234567.0
                    exemplar {
                      label {
                        name: "trace_id"
                        value: "ab"
                      }
                      value: 0.5
                      timestamp {
                        seconds: 1700000000
                        nanos: 500000000
                      }
                    }
                    created_timestamp {
                      seconds: 1600000000
                      nanos: 1
                    }
                  }
                  timestamp_ms: 1700000000123
                }
                metric {
                  counter {
                    value: 3.0
                  }
                }
                """);
        assertThat(families.get(1).getMetric(1).getGauge().getValue()).isNaN();
        assertThat(families.get(2).getType()).isEqualTo(Metrics.MetricType.UNTYPED);
        assertThat(families.get(2).getMetric(0).getUntyped().getValue()).isInfinite();
    }

    @Test
    void theReferenceParserReadsClassicAndNativeHistogramsAndSummaries() throws IOException {
        List<Metrics.MetricFamily> families = parse(Families.all());

        assertThat(families.get(3).toString()).isEqualTo("""
                name: "latency_seconds"
                help: "Time"
                type: HISTOGRAM
                metric {
                  label {
                    name: "a"
                    value: "x"
                  }
                  histogram {
                    sample_count: 2500000
                    sample_sum: 12.25
                    bucket {
                      cumulative_count: 1
                      upper_bound: 0.005
                    }
                    bucket {
                      cumulative_count: 2
                      upper_bound: 1.0
                      exemplar {
                        label {
                          name: "span_id"
                          value: "cd"
                        }
                        label {
                          name: "trace_id"
                          value: "ab"
                        }
                        value: 0.7
                      }
                    }
                  }
                }
                unit: "seconds"
                """);
        Metrics.Histogram size = families.get(4).getMetric(0).getHistogram();
        assertThat(size.getSampleCount()).isEqualTo(7);
        assertThat(size.getSampleSum()).isEqualTo(5.0);
        assertThat(size.getSchema()).isEqualTo(3);
        assertThat(size.getZeroThreshold()).isEqualTo(1e-128);
        assertThat(size.getZeroCount()).isEqualTo(1);
        assertThat(size.getPositiveSpanList())
                .containsExactly(Metrics.BucketSpan.newBuilder()
                        .setOffset(-2)
                        .setLength(3)
                        .build());
        assertThat(size.getPositiveDeltaList()).containsExactly(1L, -1L, 3L);
        assertThat(size.getNegativeSpanList())
                .containsExactly(Metrics.BucketSpan.newBuilder()
                        .setOffset(4)
                        .setLength(1)
                        .build());
        assertThat(size.getNegativeDeltaList()).containsExactly(2L);
        assertThat(size.getExemplarsList())
                .singleElement()
                .satisfies(e -> assertThat(e.getValue()).isEqualTo(0.5));
        Metrics.Summary rpc = families.get(5).getMetric(0).getSummary();
        assertThat(rpc.getQuantileList())
                .extracting(Metrics.Quantile::getQuantile)
                .containsExactly(0.5, 0.99);
        assertThat(rpc.getSampleCount()).isEqualTo(4);
    }

    @Test
    void anEmptyNativeHistogramIsToldFromAClassicOneByASpan() throws IOException {
        Sample.NativeHistogram empty = new Sample.NativeHistogram(
                Labels.EMPTY, Sample.Times.NONE, 0, null, 0, 0, 0, NativeBuckets.EMPTY, NativeBuckets.EMPTY, List.of());

        Metrics.Histogram read = parse(List.of(new MetricFamily("h", MetricType.HISTOGRAM, "", List.of(empty))))
                .getFirst()
                .getMetric(0)
                .getHistogram();

        assertThat(read.getPositiveSpanCount()).isEqualTo(1);
        assertThat(read.hasSampleSum()).isFalse();
        assertThat(read.hasCreatedTimestamp()).isFalse();
    }

    @Test
    void largeFamiliesAndLongNamesSurviveTheirChunks() throws IOException {
        String longName = "größe.".repeat(5_000);
        List<Sample.Value> samples = IntStream.range(0, 20_000)
                .mapToObj(i -> new Sample.Value(Labels.of(longName.substring(0, 10), "v" + i), i))
                .toList();

        List<Metrics.MetricFamily> read = parse(List.of(
                new MetricFamily(longName, MetricType.GAUGE, longName, samples),
                new MetricFamily("after", MetricType.GAUGE, "", List.of(new Sample.Value(Labels.EMPTY, 7)))));

        assertThat(read).hasSize(2);
        assertThat(read.getFirst().getHelp()).isEqualTo(longName);
        assertThat(read.getFirst().getName()).isEqualTo("gr__e_".repeat(5_000));
        assertThat(read.getFirst().getMetricList())
                .hasSize(20_000)
                .last()
                .satisfies(metric -> assertThat(metric.getLabel(0).getName()).isEqualTo("gr__e_gr__"));
        assertThat(read.get(1).getMetric(0).getGauge().getValue()).isEqualTo(7);
    }

    @Test
    void aSampleOfAnotherKindIsRefused() {
        ExpositionWriter writer = ExpositionWriter.of(FORMAT);
        writer.begin(new MetricFamily.Header("a", MetricType.HISTOGRAM, "", ""));

        assertThatThrownBy(() -> writer.sample(new Sample.Value(Labels.EMPTY, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a sample of another kind in the histogram a");
    }

    private static List<Metrics.MetricFamily> parse(List<MetricFamily> families) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(
                ExpositionWriter.write(FORMAT, families).toByteArray());
        List<Metrics.MetricFamily> parsed = new ArrayList<>();
        for (Metrics.MetricFamily family = Metrics.MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
            parsed.add(family);
        }
        return parsed;
    }
}
