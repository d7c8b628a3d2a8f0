package dev.sluice.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.sluice.generator.OtlpGenerator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests of any signal, and the generated classes' answers about them. */
public final class Requests {
    private Requests() {}

    /** The signals in turn. */
    public static Signal signal(int turn) {
        return switch (turn % 3) {
            case 0 -> Signal.TRACES;
            case 1 -> Signal.METRICS;
            default -> Signal.LOGS;
        };
    }

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

    /**
     * The items with what is around them: a row for each item, of resource, scope, (metric, data) and item, each without its
     * children. Messages without items make no row.
     */
    public static List<List<Message>> rows(Message request) {
        List<List<Message>> rows = new ArrayList<>();
        Set<Integer> data = Set.of(5, 7, 9, 10, 11);
        List<Set<Integer>> path = request instanceof ExportMetricsServiceRequest
                ? List.of(Set.of(1), Set.of(2), Set.of(2), data, Set.of(1))
                : List.of(Set.of(1), Set.of(2), Set.of(2));
        collect(request, path, 0, List.of(), rows);
        return rows;
    }

    private static void collect(
            Message message, List<Set<Integer>> path, int level, List<Message> around, List<List<Message>> rows) {
        if (level == path.size()) {
            rows.add(append(around, message));
            return;
        }
        Message.Builder alone = message.toBuilder();
        List<Message> children = new ArrayList<>();
        for (var field : message.getDescriptorForType().getFields()) {
            if (!path.get(level).contains(field.getNumber())) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    children.add((Message) message.getRepeatedField(field, i));
                }
            } else if (message.hasField(field)) {
                children.add((Message) message.getField(field));
            }
            alone.clearField(field);
        }
        List<Message> next = level == 0 ? around : append(around, alone.build());
        children.forEach(child -> collect(child, path, level + 1, next, rows));
    }

    private static List<Message> append(List<Message> list, Message last) {
        List<Message> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
