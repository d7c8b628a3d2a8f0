package dev.sluice.processors.probabilisticsampler;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Bytes;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Random;

/** Requests of items of about 500 bytes with 11 attributes and 10 of the resource, as performance.md has them. */
final class Batches {
    private static final List<String> KEYS = List.of(
            "http.request.method",
            "url.scheme",
            "url.path",
            "http.route",
            "server.address",
            "network.protocol.version",
            "user_agent.original",
            "client.address",
            "enduser.id",
            "thread.name");

    private Batches() {}

    /** With {@code sampled} every second one has been sampled before, some of them with randomness of their own. */
    static Bytes spans(int items, boolean sampled) {
        Random random = new Random(1);
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        scope.getScopeBuilder().setName("io.opentelemetry.tomcat-10.0").setVersion("2.20.0");
        for (int i = 0; i < items; i++) {
            Span.Builder span = scope.addSpansBuilder()
                    .setTraceId(id(random, 16))
                    .setSpanId(id(random, 8))
                    .setParentSpanId(id(random, 8))
                    .setFlags(0x101)
                    .setName("GET /api/v1/orders/{id}")
                    .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                    .setStartTimeUnixNano(1_790_000_000_000_000_000L + i)
                    .setEndTimeUnixNano(1_790_000_000_100_000_000L + i);
            KEYS.forEach(key -> span.addAttributes(attribute(key, text("a value of it " + key.length()))));
            span.addAttributes(
                    attribute("http.response.status_code", AnyValue.newBuilder().setIntValue(200)));
            if (sampled && i % 2 == 0) {
                span.setTraceState(i % 4 == 0 ? "congo=t61rcWkgMzE,ot=th:2" : "ot=th:0;rv:8000000000000a");
            }
            span.getStatusBuilder();
        }
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder().setResource(resource()).addScopeSpans(scope);
        return Bytes.of(request.build().toByteArray());
    }

    /** The same of log records. */
    static Bytes records(int items, boolean sampled) {
        Random random = new Random(1);
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < items; i++) {
            LogRecord.Builder record = scope.addLogRecordsBuilder()
                    .setTimeUnixNano(1_790_000_000_000_000_000L + i)
                    .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                    .setSeverityText("INFO")
                    .setBody(text("order 4711 was taken and is on its way"))
                    .setTraceId(id(random, 16));
            KEYS.forEach(key -> record.addAttributes(attribute(key, text("a value of it " + key.length()))));
            record.addAttributes(attribute("foo", text("an id")));
            if (sampled && i % 2 == 0) {
                record.addAttributes(attribute("sampling.threshold", text("2")));
            }
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder().setResource(resource()).addScopeLogs(scope);
        return Bytes.of(request.build().toByteArray());
    }

    private static Resource.Builder resource() {
        Resource.Builder resource = Resource.newBuilder();
        KEYS.forEach(key -> resource.addAttributes(attribute("resource." + key, text("a value"))));
        return resource;
    }

    static KeyValue.Builder attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value);
    }

    static AnyValue.Builder text(String text) {
        return AnyValue.newBuilder().setStringValue(text);
    }

    private static ByteString id(Random random, int size) {
        byte[] id = new byte[size];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }
}
