package dev.sluice.otlp.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.CollectorOutput;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpJsonTest {
    /** Messages that the Collector holds by value and so writes always. */
    private static final Set<String> ALWAYS =
            Set.of("resource", "scope", "status", "body", "value", "positive", "negative");

    @ParameterizedTest
    @MethodSource("dev.sluice.otlp.CollectorOutput#all")
    void jsonIsWhatTheCollectorWrote(CollectorOutput output) {
        String json = output.text("json");
        assertThat(encode(output.signal(), output.request())).isEqualTo(json);
        assertThat(encode(output.signal(), decode(output.signal(), json))).isEqualTo(json);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void everyFieldSurvivesTheRoundTrip(Signal signal) {
        for (int seed = 0; seed < 100; seed++) {
            Message request = Requests.of(signal, new OtlpGenerator(seed, 0.7, false), 2, 2, 3);
            Bytes decoded = decode(signal, encode(signal, Requests.bytes(request)));
            OtlpValidator.validate(signal, decoded);
            assertThat(Requests.parse(signal, decoded)).isEqualTo(withWhatIsAlwaysWritten(request));
        }
    }

    @Test
    void aRopeIsOneList() {
        Bytes one = Requests.bytes(new OtlpGenerator(1).logs(1, 1, 1));
        Bytes two = Requests.bytes(new OtlpGenerator(2).logs(2, 1, 1));
        Bytes rope = OtlpMerge.merge(List.of(one, two));
        assertThat(encode(Signal.LOGS, rope)).isEqualTo(encode(Signal.LOGS, Bytes.of(rope.toByteArray())));
        assertThat(encode(Signal.LOGS, Bytes.EMPTY)).isEqualTo("{}");
        byte[] json = encode(Signal.LOGS, rope).getBytes(StandardCharsets.UTF_8);
        Bytes cut = Bytes.concat(List.of(Bytes.of(json, 0, 100), Bytes.of(json, 100, json.length - 100)));
        assertThat(OtlpJson.decode(Signal.LOGS, cut)).isEqualTo(decode(Signal.LOGS, encode(Signal.LOGS, rope)));
    }

    @ParameterizedTest
    @CsvSource({"TRACES, trace.json, 1", "METRICS, metrics.json, 4", "LOGS, logs.json, 1"})
    void theExamplesOfOpentelemetryProtoAreRead(Signal signal, String file, int items) throws IOException {
        Path path = Path.of(System.getProperty("sluice.shared", "missing"), "data", "otlp-json", file);
        Assumptions.assumeTrue(Files.exists(path), "no conformance data at " + path);
        Bytes request = OtlpJson.decode(signal, Bytes.of(Files.readAllBytes(path)));
        assertThat(OtlpValidator.validate(signal, request)).isEqualTo(items);
        Bytes again = decode(signal, encode(signal, request));
        assertThat(Requests.parse(signal, again)).isEqualTo(withWhatIsAlwaysWritten(Requests.parse(signal, request)));
    }

    @Test
    void everySpellingTheCollectorReadsIsRead() {
        ExportTraceServiceRequest request = traces("""
                {"resource_spans": [{"resource": null, "unknown": {"a": [1, {"b": null}]},
                  "scope_spans": [{"spans": [{
                    "trace_id": "5B8EFFF798038103D269B633813FC60C", "spanId": "eee19b7ec3c1b174", "parentSpanId": "",
                    "start_time_unix_nano": 18446744073709551615, "endTimeUnixNano": "9223372036854775808",
                    "kind": "SPAN_KIND_CLIENT", "flags": "257", "droppedLinksCount": 0, "name": null,
                    "attributes": [
                      {"key": "i", "value": {"intValue": -5}}, {"key": "s", "value": {"int_value": "-9223372036854775808"}},
                      {"key": "d", "value": {"doubleValue": "-Infinity"}}, {"key": "e", "value": {"doubleValue": "1e3"}},
                      {"key": "n", "value": {"doubleValue": 3}}, {"key": "b", "value": {"bytesValue": "AQID"}},
                      {"key": "x", "value": {"stringValue": ""}}, {"key": "z", "value": {"boolValue": false}}, null],
                    "status": {"code": 2}}]}]}]}
                """);
        Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
        assertThat(span.getTraceId().size()).isEqualTo(16);
        assertThat(span.getSpanId().byteAt(0)).isEqualTo((byte) 0xEE);
        assertThat(span.getParentSpanId()).isEmpty();
        assertThat(span.getStartTimeUnixNano()).isEqualTo(-1);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(Long.MIN_VALUE);
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(span.getFlags()).isEqualTo(257);
        assertThat(span.getStatus().getCodeValue()).isEqualTo(2);
        assertThat(span.getAttributesCount()).isEqualTo(9);
        assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(-5);
        assertThat(span.getAttributes(1).getValue().getIntValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(span.getAttributes(2).getValue().getDoubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(span.getAttributes(3).getValue().getDoubleValue()).isEqualTo(1000);
        assertThat(span.getAttributes(4).getValue().getDoubleValue()).isEqualTo(3);
        assertThat(span.getAttributes(5).getValue().getBytesValue().toByteArray())
                .containsExactly(1, 2, 3);
        assertThat(span.getAttributes(6).getValue().hasStringValue()).isTrue();
        assertThat(span.getAttributes(7).getValue().hasBoolValue()).isTrue();
        assertThat(request.getResourceSpans(0).hasResource()).isFalse();
    }

    @Test
    void explicitZerosOfOptionalFieldsStayAndEmptyListsGo() {
        ExportMetricsServiceRequest request =
                (ExportMetricsServiceRequest) Requests.parse(Signal.METRICS, decode(Signal.METRICS, """
                        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"h","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA",
                        "dataPoints":[{"sum":0,"min":0,"bucketCounts":[],"explicitBounds":[0.5,"NaN"],"count":"3"}]}},
                        {"exponentialHistogram":{"dataPoints":[{"scale":-3,"zeroThreshold":0,"positive":{"offset":-2,"bucketCounts":["1",300]}}]}}]}]}]}
                        """));
        var metrics = request.getResourceMetrics(0).getScopeMetrics(0);
        HistogramDataPoint point = metrics.getMetrics(0).getHistogram().getDataPoints(0);
        assertThat(point.hasSum()).isTrue();
        assertThat(point.hasMin()).isTrue();
        assertThat(point.hasMax()).isFalse();
        assertThat(point.getBucketCountsList()).isEmpty();
        assertThat(point.getExplicitBoundsList()).containsExactly(0.5, Double.NaN);
        var exponential = metrics.getMetrics(1).getExponentialHistogram().getDataPoints(0);
        assertThat(exponential.getScale()).isEqualTo(-3);
        assertThat(exponential.getPositive().getBucketCountsList()).containsExactly(1L, 300L);
    }

    @Test
    void severitiesAreReadByName() {
        ExportLogsServiceRequest request = (ExportLogsServiceRequest) Requests.parse(
                Signal.LOGS,
                decode(
                        Signal.LOGS,
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":\"SEVERITY_NUMBER_WARN3\"},"
                                + "{\"severityNumber\":24}]}]}]}"));
        var records = request.getResourceLogs(0).getScopeLogs(0);
        assertThat(records.getLogRecords(0).getSeverityNumberValue()).isEqualTo(15);
        assertThat(records.getLogRecords(1).getSeverityNumberValue()).isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\": \"SPAN_KIND_OTHER\"} | 1:53: kind must be a number or a name of the enum",
                "{\"kind\": 3000000000} | 1:53: kind must be a number or a name of the enum",
                "{\"traceId\": \"abc\"} | 1:56: traceId must be hex of 16 bytes",
                "{\"spanId\": \"zzzzzzzzzzzzzzzz\"} | 1:55: spanId must be hex of 8 bytes",
                "{\"traceId\": 5} | 1:56: traceId must be a string",
                "{\"name\": 5} | 1:53: name must be a string",
                "{\"flags\": 4294967296} | 1:54: flags must be an unsigned 32-bit integer",
                "{\"flags\": -1} | 1:54: flags must be an unsigned integer",
                "{\"flags\": 1.5} | 1:54: flags must be an unsigned integer",
                "{\"endTimeUnixNano\": \"x\"} | 1:64: endTimeUnixNano must be an unsigned integer",
                "{\"endTimeUnixNano\": 18446744073709551616} | 1:64: endTimeUnixNano must be an unsigned integer",
                "{\"status\": []} | 1:55: status must be an object",
                "{\"events\": {}} | 1:55: events must be an array",
                "{\"attributes\": [{\"value\": {\"intValue\": 1.5}}]} | 1:83: intValue must be an integer",
                "{\"attributes\": [{\"value\": {\"intValue\": \"1.5\"}}]} | 1:83: intValue must be an integer",
                "{\"attributes\": [{\"value\": {\"boolValue\": \"true\"}}]} | 1:84: boolValue must be true or false",
                "{\"attributes\": [{\"value\": {\"doubleValue\": \"1d\"}}]} | 1:86: doubleValue must be a number",
                "{\"attributes\": [{\"value\": {\"doubleValue\": \"\"}}]} | 1:86: doubleValue must be a number",
                "{\"attributes\": [{\"value\": {\"doubleValue\": true}}]} | 1:86: doubleValue must be a number",
                "{\"attributes\": [{\"value\": {\"bytesValue\": \"!\"}}]} | 1:85: bytesValue must be base64",
            })
    void aWrongValueIsNamedWithItsPlace(String span, String message) {
        String json = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "]}]}]}";
        assertThatThrownBy(() -> decode(Signal.TRACES, json))
                .isInstanceOf(MalformedOtlpException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | 1:1: a request is a JSON object",
                "`` | 1:0: a request is a JSON object",
                "{} {} | 1:4: more after the end of the request",
            })
    void whatIsNoRequestIsRefused(String json, String message) {
        assertThatThrownBy(() -> decode(Signal.LOGS, json))
                .isInstanceOf(MalformedOtlpException.class)
                .hasMessage(message);
    }

    @Test
    void brokenSyntaxIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> decode(Signal.LOGS, "{\n \"resourceLogs\": [}"))
                .isInstanceOf(MalformedOtlpException.class)
                .hasMessage("2:19: Unexpected close marker '}': expected ']'");
        assertThatThrownBy(() -> decode(Signal.LOGS, "{\"a\":"))
                .hasMessage("1:6: Unexpected end-of-input within/between Object entries");
        assertThatThrownBy(() -> decode(Signal.LOGS, "{"))
                .hasMessage("1:2: Unexpected end-of-input: expected close marker for Object");
    }

    @Test
    void valuesNest32DeepAndNoDeeper() {
        OtlpValidator.validate(Signal.TRACES, decode(Signal.TRACES, nested(32)));
        assertThatThrownBy(() -> decode(Signal.TRACES, nested(33))).hasMessageEndingWith("values nest deeper than 32");
        assertThatThrownBy(() -> decode(Signal.TRACES, "{\"a\":" + "[".repeat(5000)))
                .isInstanceOf(MalformedOtlpException.class);
    }

    @Test
    void mutatedJsonIsReadOrRefused() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            Signal signal = Requests.signal(i);
            byte[] json = OtlpJson.encode(
                    signal, Requests.bytes(Requests.of(signal, new OtlpGenerator(i % 50, 0.7, false), 1, 1, 1)));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                json[random.nextInt(json.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0e-".charAt(random.nextInt(10)));
            }
            try {
                OtlpValidator.validate(signal, OtlpJson.decode(signal, Bytes.of(json)));
            } catch (MalformedOtlpException e) {
                assertThat(e.getMessage()).matches("(?s)\\d+:\\d+: .*");
            }
        }
    }

    private static String nested(int depth) {
        String value = "{\"intValue\":1}";
        for (int i = 1; i < depth; i++) {
            value = "{\"arrayValue\":{\"values\":[" + value + "]}}";
        }
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":" + value + "}]}}]}";
    }

    private static ExportTraceServiceRequest traces(String json) {
        return (ExportTraceServiceRequest) Requests.parse(Signal.TRACES, decode(Signal.TRACES, json));
    }

    private static Bytes decode(Signal signal, String json) {
        return OtlpJson.decode(signal, Bytes.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(Signal signal, Bytes request) {
        return new String(OtlpJson.encode(signal, request), StandardCharsets.UTF_8);
    }

    private static Message withWhatIsAlwaysWritten(Message message) {
        Message.Builder builder = message.toBuilder();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    builder.setRepeatedField(
                            field, i, withWhatIsAlwaysWritten((Message) message.getRepeatedField(field, i)));
                }
            } else if (message.hasField(field) || ALWAYS.contains(field.getName())) {
                builder.setField(field, withWhatIsAlwaysWritten((Message) message.getField(field)));
            }
        }
        return builder.build();
    }
}
