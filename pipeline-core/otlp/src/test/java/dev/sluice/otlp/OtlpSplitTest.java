package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpSplitTest {
    @ParameterizedTest
    @EnumSource(Signal.class)
    void partsHoldAllItemsInOrderWithWhatIsAroundThem(Signal signal) {
        for (int seed = 0; seed < 60; seed++) {
            Message first = Requests.of(signal, new OtlpGenerator(seed, 0.6, true), 1 + seed % 3, 2, 4);
            Message second = Requests.of(signal, new OtlpGenerator(seed + 1000, 0.6, true), 1, 1, 3);
            Bytes rope = OtlpMerge.merge(List.of(Requests.bytes(first), Requests.bytes(second)));
            List<List<Message>> expected = Requests.rows(Requests.parse(signal, rope));
            for (int maxItems : new int[] {1, 2, 3, 7, 1000}) {
                List<Bytes> parts = OtlpSplit.split(signal, rope, maxItems);
                List<List<Message>> rows = new ArrayList<>();
                for (Bytes part : parts) {
                    OtlpValidator.validate(signal, part);
                    rows.addAll(Requests.rows(Requests.parse(signal, part)));
                    assertThat(OtlpItems.count(signal, part)).isLessThanOrEqualTo(maxItems);
                }
                assertThat(rows).isEqualTo(expected);
                assertThat(parts).hasSize(Math.max(1, (expected.size() + maxItems - 1) / maxItems));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void partsByBytesStayBelowTheLimitUnlessTheyHoldOneItem(Signal signal) {
        for (int seed = 0; seed < 60; seed++) {
            Message request = Requests.of(signal, new OtlpGenerator(seed, 0.6, true), 2, 2, 6);
            Bytes bytes = Requests.bytes(request);
            for (int maxBytes : new int[] {1, 700, 3000, bytes.length()}) {
                List<List<Message>> rows = new ArrayList<>();
                List<Bytes> parts = OtlpSplit.splitByBytes(signal, bytes, maxBytes);
                for (Bytes part : parts) {
                    rows.addAll(Requests.rows(Requests.parse(signal, part)));
                    if (OtlpItems.count(signal, part) > 1) {
                        assertThat(part.length()).isLessThanOrEqualTo(maxBytes);
                    }
                }
                assertThat(rows).isEqualTo(Requests.rows(request));
            }
        }
    }

    @Test
    void aSmallEnoughRequestIsReturnedAsItIs() {
        Bytes bytes = Requests.bytes(new OtlpGenerator(1).logs(1, 1, 5));
        assertThat(OtlpSplit.split(Signal.LOGS, bytes, 5).getFirst()).isSameAs(bytes);
        assertThat(OtlpSplit.splitByBytes(Signal.LOGS, bytes, bytes.length()).getFirst())
                .isSameAs(bytes);
        assertThatThrownBy(() -> OtlpSplit.split(Signal.LOGS, bytes, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OtlpSplit.splitByBytes(Signal.LOGS, bytes, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesWithoutItemsAreKeptOnce() {
        var spans = new OtlpGenerator(1).traces(1, 1, 4).toBuilder();
        spans.addResourceSpans(0, ResourceSpans.newBuilder().setSchemaUrl("no scopes"));
        spans.addResourceSpans(ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().setDroppedAttributesCount(3))
                .addScopeSpans(ScopeSpans.newBuilder().setSchemaUrl("no spans")));
        ExportTraceServiceRequest request = spans.build();
        List<Bytes> parts = OtlpSplit.split(Signal.TRACES, Requests.bytes(request), 2);
        assertThat(parts).hasSize(2);
        var first = (ExportTraceServiceRequest) Requests.parse(Signal.TRACES, parts.get(0));
        var last = (ExportTraceServiceRequest) Requests.parse(Signal.TRACES, parts.get(1));
        assertThat(first.getResourceSpans(0)).isEqualTo(request.getResourceSpans(0));
        assertThat(first.getResourceSpansCount()).isEqualTo(2);
        assertThat(last.getResourceSpans(1)).isEqualTo(request.getResourceSpans(2));
        assertThat(last.getResourceSpansCount()).isEqualTo(2);

        var metrics = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder().setName("empty"))))
                .mergeFrom(new OtlpGenerator(4).metrics(1, 1, 5))
                .build();
        List<Bytes> metricParts = OtlpSplit.split(Signal.METRICS, Requests.bytes(metrics), 1);
        var firstPart = (ExportMetricsServiceRequest) Requests.parse(Signal.METRICS, metricParts.getFirst());
        assertThat(firstPart.getResourceMetrics(0)).isEqualTo(metrics.getResourceMetrics(0));
    }
}
