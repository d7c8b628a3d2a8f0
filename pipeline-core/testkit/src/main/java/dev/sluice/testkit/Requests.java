package dev.sluice.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.util.List;

/** Small requests of one item with a number in it, and the numbers of a request. */
public final class Requests {
    private static final Resource RESOURCE = Resource.newBuilder()
            .addAttributes(KeyValue.newBuilder()
                    .setKey("service.name")
                    .setValue(AnyValue.newBuilder().setStringValue("numbered")))
            .build();

    private Requests() {}

    /** One span, metric point or log record that carries the number. */
    public static Telemetry numbered(Signal signal, long number) {
        byte[] wire = switch (signal) {
            case TRACES -> traces(number).toByteArray();
            case METRICS -> metrics(number).toByteArray();
            case LOGS -> logs(number).toByteArray();
        };
        return Telemetry.of(signal, Bytes.of(wire), 1, Origin.INTERNAL);
    }

    /** The numbers of all items of a batch, in order. Throws {@link IllegalArgumentException} if it is not well formed. */
    public static List<Long> numbers(Telemetry batch) {
        byte[] wire = batch.wire().toByteArray();
        try {
            return switch (batch.signal()) {
                case TRACES ->
                    ExportTraceServiceRequest.parseFrom(wire).getResourceSpansList().stream()
                            .flatMap(resource -> resource.getScopeSpansList().stream())
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> span.getSpanId().asReadOnlyByteBuffer().getLong())
                            .toList();
                case METRICS ->
                    ExportMetricsServiceRequest.parseFrom(wire).getResourceMetricsList().stream()
                            .flatMap(resource -> resource.getScopeMetricsList().stream())
                            .flatMap(scope -> scope.getMetricsList().stream())
                            .flatMap(metric -> metric.getGauge().getDataPointsList().stream())
                            .map(point -> point.getAsInt())
                            .toList();
                case LOGS ->
                    ExportLogsServiceRequest.parseFrom(wire).getResourceLogsList().stream()
                            .flatMap(resource -> resource.getScopeLogsList().stream())
                            .flatMap(scope -> scope.getLogRecordsList().stream())
                            .map(log -> log.getBody().getIntValue())
                            .toList();
            };
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ExportTraceServiceRequest traces(long number) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder()
                .setResource(RESOURCE)
                .addScopeSpansBuilder()
                .addSpansBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(number).putLong(~number).flip()))
                .setSpanId(ByteString.copyFrom(
                        ByteBuffer.allocate(8).putLong(number).flip()))
                .setName("numbered")
                .setStartTimeUnixNano(1_700_000_000_000_000_000L)
                .setEndTimeUnixNano(1_700_000_000_001_000_000L);
        return request.build();
    }

    private static ExportMetricsServiceRequest metrics(long number) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        request.addResourceMetricsBuilder()
                .setResource(RESOURCE)
                .addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName("numbered")
                .getGaugeBuilder()
                .addDataPointsBuilder()
                .setTimeUnixNano(1_700_000_000_000_000_000L)
                .setAsInt(number);
        return request.build();
    }

    private static ExportLogsServiceRequest logs(long number) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder()
                .setResource(RESOURCE)
                .addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setTimeUnixNano(1_700_000_000_000_000_000L)
                .setBody(AnyValue.newBuilder().setIntValue(number));
        return request.build();
    }
}
