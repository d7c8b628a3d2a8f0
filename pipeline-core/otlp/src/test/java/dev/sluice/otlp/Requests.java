package dev.sluice.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;

/** Requests of any signal, and the generated classes' answers about them. */
public final class Requests {
    private Requests() {}

    public static Message of(Signal signal, OtlpGenerator generator, int resources, int scopes, int items) {
        return switch (signal) {
            case TRACES -> generator.traces(resources, scopes, items);
            case METRICS -> generator.metrics(resources, scopes, items);
            case LOGS -> generator.logs(resources, scopes, items);
        };
    }

    public static Bytes bytes(Message request) {
        return Bytes.of(request.toByteArray());
    }

    public static Message parse(Signal signal, Bytes request) {
        try {
            byte[] bytes = request.toByteArray();
            return switch (signal) {
                case TRACES -> ExportTraceServiceRequest.parseFrom(bytes);
                case METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
                case LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
            };
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a " + signal + " request", e);
        }
    }

    public static int items(Message request) {
        return switch (request) {
            case ExportTraceServiceRequest traces ->
                traces.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .mapToInt(scope -> scope.getSpansCount())
                        .sum();
            case ExportLogsServiceRequest logs ->
                logs.getResourceLogsList().stream()
                        .flatMap(resource -> resource.getScopeLogsList().stream())
                        .mapToInt(scope -> scope.getLogRecordsCount())
                        .sum();
            case ExportMetricsServiceRequest metrics ->
                metrics.getResourceMetricsList().stream()
                        .flatMap(resource -> resource.getScopeMetricsList().stream())
                        .flatMap(scope -> scope.getMetricsList().stream())
                        .mapToInt(Requests::points)
                        .sum();
            default -> throw new IllegalArgumentException(request.getClass().getName());
        };
    }

    public static int points(Metric metric) {
        return metric.getGauge().getDataPointsCount()
                + metric.getSum().getDataPointsCount()
                + metric.getHistogram().getDataPointsCount()
                + metric.getExponentialHistogram().getDataPointsCount()
                + metric.getSummary().getDataPointsCount();
    }
}
