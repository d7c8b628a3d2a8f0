package dev.sluice.otlp.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpItems;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.ResourceView;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EditorTest {
    private static final int TRACE_STATE = 3;
    private static final int SPAN_ATTRIBUTES = 9;

    @Test
    void spansAreDroppedAndChangedAndTheRestStaysByteForByte() {
        for (int seed = 0; seed < 100; seed++) {
            ExportTraceServiceRequest request = new OtlpGenerator(seed, 0.6, true).traces(3, 2, 4);
            Random choice = new Random(seed);
            ViewEditor editor = ViewEditor.ofSpans((span, resource, scope, patch) -> {
                int what = choice.nextInt(4);
                if (what == 1) {
                    patch.set(TRACE_STATE, "ot=th:8".repeat(1 + choice.nextInt(30)));
                    patch.attribute(SPAN_ATTRIBUTES, "added", "ünï");
                    patch.attribute(SPAN_ATTRIBUTES, "n", 7);
                    patch.attribute(SPAN_ATTRIBUTES, "d", 0.5);
                    patch.attribute(SPAN_ATTRIBUTES, "b", true);
                } else if (what == 2) {
                    patch.set(TRACE_STATE, "");
                    patch.set(6, 3);
                    patch.set(10, 0);
                    patch.remove(SPAN_ATTRIBUTES);
                }
                return what != 0;
            });
            Bytes edited = editor.edit(Requests.bytes(request));

            Random again = new Random(seed);
            List<List<Message>> expected = new ArrayList<>();
            for (List<Message> row : Requests.rows(request)) {
                Span.Builder span = ((Span) row.removeLast()).toBuilder();
                switch (again.nextInt(4)) {
                    case 0 -> span = null;
                    case 1 ->
                        span.setTraceState("ot=th:8".repeat(1 + again.nextInt(30)))
                                .addAttributes(
                                        attribute("added", AnyValue.newBuilder().setStringValue("ünï")))
                                .addAttributes(
                                        attribute("n", AnyValue.newBuilder().setIntValue(7)))
                                .addAttributes(
                                        attribute("d", AnyValue.newBuilder().setDoubleValue(0.5)))
                                .addAttributes(
                                        attribute("b", AnyValue.newBuilder().setBoolValue(true)));
                    case 2 ->
                        span.clearTraceState()
                                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                                .clearDroppedAttributesCount()
                                .clearAttributes();
                    default -> {}
                }
                if (span != null) {
                    row.add(span.build());
                    expected.add(row);
                }
            }
            Message result = Requests.parse(Signal.TRACES, edited);
            assertThat(Requests.rows(result)).isEqualTo(expected);
            assertThat(OtlpValidator.validate(Signal.TRACES, edited)).isEqualTo(expected.size());
            assertThat(editor.dropped()).isEqualTo(24 - expected.size());
            assertThat(((ExportTraceServiceRequest) result).getResourceSpansList())
                    .allSatisfy(resource -> assertThat(resource.getScopeSpansList())
                            .isNotEmpty()
                            .allSatisfy(
                                    scope -> assertThat(scope.getSpansCount()).isPositive()));
        }
    }

    @Test
    void nothingChangedIsTheSameObjectAndNothingKeptIsEmpty() {
        Bytes one = Requests.bytes(new OtlpGenerator(1).traces(2, 2, 2));
        Bytes rope = OtlpMerge.merge(List.of(one, Requests.bytes(new OtlpGenerator(2).traces(1, 1, 1))));
        ViewEditor keepAll = ViewEditor.ofSpans((span, resource, scope, patch) -> true);
        assertThat(keepAll.edit(one)).isSameAs(one);
        assertThat(keepAll.edit(rope)).isSameAs(rope);
        assertThat(keepAll.edit(Bytes.EMPTY)).isSameAs(Bytes.EMPTY);
        ViewEditor keepNone = ViewEditor.ofSpans((span, resource, scope, patch) -> false);
        assertThat(keepNone.edit(one)).isEqualTo(Bytes.EMPTY);
        assertThat(keepNone.edit(rope).isEmpty()).isTrue();
        assertThat(keepNone.dropped()).isEqualTo(9);
    }

    @Test
    void aRuleOfBytesDropsAndChangesItemsOfEverySignal() {
        for (Signal signal : Signal.values()) {
            Message request = Requests.of(signal, new OtlpGenerator(5, 0.6, true), 2, 2, 6);
            int[] number = {0};
            ItemEditor editor = new ItemEditor(signal, (array, start, end, patch) -> {
                if (number[0] % 3 == 1) {
                    patch.cut(start, end);
                }
                return number[0]++ % 3 != 0;
            });

            List<List<Message>> expected = new ArrayList<>();
            List<List<Message>> rows = Requests.rows(request);
            for (int i = 0; i < rows.size(); i++) {
                if (i % 3 == 1) {
                    Message item = rows.get(i).removeLast();
                    rows.get(i).add(item.getDefaultInstanceForType());
                }
                if (i % 3 != 0) {
                    expected.add(rows.get(i));
                }
            }
            Bytes edited = editor.edit(Requests.bytes(request));
            assertThat(Requests.rows(Requests.parse(signal, edited))).isEqualTo(expected);
            assertThat(editor.dropped()).isEqualTo(rows.size() - expected.size());
            ItemEditor keepAll = new ItemEditor(signal, (array, start, end, patch) -> true);
            assertThat(keepAll.edit(edited)).isSameAs(edited);
        }
    }

    @Test
    void aRuleOfBytesMayHearOfEachResourceBeforeItsItems() {
        ExportLogsServiceRequest request = new OtlpGenerator(8, 1, false).logs(2, 2, 2);
        List<String> heard = new ArrayList<>();
        ResourceView resource = new ResourceView();
        new ItemEditor(Signal.LOGS, (array, start, end, patch) -> heard.add("item"), (array, start, end) -> {
                    resource.reset(array, start, end);
                    resource.attributes().next();
                    heard.add(resource.attributes().key());
                })
                .edit(Requests.bytes(request));
        List<String> expected = new ArrayList<>();
        for (ResourceLogs logs : request.getResourceLogsList()) {
            expected.add(logs.getResource().getAttributes(0).getKey());
            logs.getScopeLogsList().forEach(scope -> scope.getLogRecordsList().forEach(record -> expected.add("item")));
        }
        assertThat(heard).isEqualTo(expected).contains("item");
    }

    @Test
    void aRuleSeesResourceAndScopeOfTheItem() {
        ExportLogsServiceRequest request = new OtlpGenerator(8, 1, false).logs(2, 2, 2);
        List<String> seen = new ArrayList<>();
        Bytes edited = ViewEditor.ofLogRecords((record, resource, scope, patch) -> {
                    resource.attributes().next();
                    seen.add(resource.attributes().key() + scope.name() + record.severityText());
                    return record.severityNumber() % 2 == 0;
                })
                .edit(Requests.bytes(request));
        List<String> expected = new ArrayList<>();
        List<List<Message>> kept = new ArrayList<>();
        for (List<Message> row : Requests.rows(request)) {
            var resource = ((io.opentelemetry.proto.logs.v1.ResourceLogs) row.get(0)).getResource();
            var scope = ((io.opentelemetry.proto.logs.v1.ScopeLogs) row.get(1)).getScope();
            LogRecord record = (LogRecord) row.get(2);
            expected.add(resource.getAttributes(0).getKey() + scope.getName() + record.getSeverityText());
            if (record.getSeverityNumberValue() % 2 == 0) {
                kept.add(row);
            }
        }
        assertThat(seen).hasSize(expected.size());
        assertThat(Requests.rows(Requests.parse(Signal.LOGS, edited))).isEqualTo(kept);
    }

    @Test
    void dataPointsAreDroppedAndMetricsWithoutAnyGo() {
        Message request = new OtlpGenerator(3, 0.6, true).metrics(2, 2, 10);
        int[] number = {0};
        PointEditor editor = new PointEditor((point, metric, resource, scope, patch) -> {
            assertThat(point.time()).isPositive();
            assertThat(metric.kind()).isNotNull();
            return number[0]++ % 3 == 0;
        });
        Bytes edited = editor.edit(Requests.bytes(request));
        List<List<Message>> expected = new ArrayList<>();
        List<List<Message>> rows = Requests.rows(request);
        for (int i = 0; i < rows.size(); i += 3) {
            expected.add(rows.get(i));
        }
        assertThat(Requests.rows(Requests.parse(Signal.METRICS, edited))).isEqualTo(expected);
        assertThat(editor.dropped()).isEqualTo(rows.size() - expected.size());
        assertThat(edited.toString()).isNotEmpty();
    }

    @Test
    void metricsAreRenamedAndDropped() {
        Message request = new OtlpGenerator(3, 0.6, true).metrics(2, 2, 10);
        ViewEditor editor = ViewEditor.ofMetrics((metric, resource, scope, patch) -> {
            patch.set(1, metric.name() + ".renamed");
            return metric.unit().length() < 5;
        });
        Message result = Requests.parse(Signal.METRICS, editor.edit(Requests.bytes(request)));
        List<List<Message>> expected = Requests.rows(request).stream()
                .filter(row -> ((Metric) row.get(2)).getUnit().length() < 5)
                .peek(row -> {
                    Metric metric = (Metric) row.get(2);
                    row.set(
                            2,
                            metric.toBuilder()
                                    .setName(metric.getName() + ".renamed")
                                    .build());
                })
                .toList();
        assertThat(Requests.rows(result)).isEqualTo(expected);
        assertThat(editor.dropped()).isPositive();
    }

    @Test
    void resourcesAreChangedDroppedAndMade() {
        ExportTraceServiceRequest request = new OtlpGenerator(3, 1, true)
                .traces(3, 1, 2).toBuilder()
                        .addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl("no resource"))
                        .build();
        int[] number = {0};
        Bytes edited = new ResourceEditor((resource, patch) -> {
                    int at = number[0]++;
                    if (at == 1 || at == 3) {
                        patch.attribute(1, "zone", "a");
                    }
                    return at != 2;
                })
                .edit(Requests.bytes(request));
        var expected = request.toBuilder().removeResourceSpans(2);
        for (int changed : new int[] {1, 2}) {
            expected.getResourceSpansBuilder(changed)
                    .getResourceBuilder()
                    .addAttributes(attribute("zone", AnyValue.newBuilder().setStringValue("a")));
        }
        assertThat(Requests.parse(Signal.TRACES, edited)).isEqualTo(expected.build());
        assertThat(OtlpItems.count(Signal.TRACES, edited)).isEqualTo(4);
    }

    @Test
    void attributesAreCutWhereTheyStandInAnyOrder() {
        ExportTraceServiceRequest request = new OtlpGenerator(21, 1, true).traces(1, 1, 6);
        ViewEditor editor = ViewEditor.ofSpans((span, resource, scope, patch) -> {
            List<int[]> ranges = new ArrayList<>();
            var attributes = span.attributes();
            while (attributes.next()) {
                ranges.add(new int[] {attributes.fieldStart(), attributes.fieldEnd()});
            }
            for (int i = ranges.size() - 1; i >= 0; i--) {
                patch.cut(ranges.get(i)[0], ranges.get(i)[1]);
            }
            return true;
        });
        var expected = request.toBuilder();
        expected.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getSpansBuilderList()
                .forEach(Span.Builder::clearAttributes);
        assertThat(Requests.parse(Signal.TRACES, editor.edit(Requests.bytes(request))))
                .isEqualTo(expected.build());
    }

    @Test
    void cutsOutsideTheItemOrTwiceAreRefused() {
        Bytes request = Requests.bytes(new OtlpGenerator(2, 1, false).traces(1, 1, 1));
        ViewEditor.ofSpans((span, resource, scope, patch) -> {
                    assertThatThrownBy(() -> patch.cut(span.start() - 1, span.end()))
                            .hasMessage("a cut outside the message");
                    patch.cut(span.start(), span.start() + 18);
                    assertThatThrownBy(() -> patch.cut(span.start() + 2, span.start() + 18))
                            .hasMessage("a cut that overlaps another");
                    return false;
                })
                .edit(request);
    }

    @Test
    void manyCutsGrowThePatch() {
        var point = NumberDataPoint.newBuilder();
        for (int i = 0; i < 40; i++) {
            point.addAttributes(attribute("k" + i, AnyValue.newBuilder().setIntValue(i)));
        }
        var log = ExportLogsServiceRequest.newBuilder();
        var record = log.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecordsBuilder();
        record.addAllAttributes(point.getAttributesList()).setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO);
        Bytes edited = ViewEditor.ofLogRecords((view, resource, scope, patch) -> {
                    patch.remove(6);
                    return true;
                })
                .edit(Requests.bytes(log.build()));
        record.clearAttributes();
        assertThat(Requests.parse(Signal.LOGS, edited)).isEqualTo(log.build());
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
