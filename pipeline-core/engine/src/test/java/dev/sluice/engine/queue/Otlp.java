package dev.sluice.engine.queue;

import com.google.protobuf.ByteString;
import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Small batches of spans with names to tell them apart. */
public final class Otlp {
    private Otlp() {}

    /** A batch of so many spans, {@code name.0}, {@code name.1} and so on, of one trace. */
    public static Telemetry spans(String name, int count) {
        return spans(name, count, Origin.INTERNAL);
    }

    public static Telemetry spans(String name, int count, Map<String, String> metadata) {
        return spans(name, count, new Origin("grpc", "", metadata));
    }

    public static Telemetry spans(String name, int count, Origin origin) {
        return spans(name, count, 1, origin);
    }

    /** Spans of {@code traces} traces in turn, with ids that follow from the name. */
    public static Telemetry spans(String name, int count, int traces, Origin origin) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int i = 0; i < count; i++) {
            ByteBuffer id = ByteBuffer.allocate(16).putLong(name.hashCode()).putLong(1 + i % traces);
            scope.addSpans(
                    Span.newBuilder().setTraceId(ByteString.copyFrom(id.flip())).setName(name + "." + i));
        }
        byte[] request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
        return Telemetry.of(Signal.TRACES, Bytes.of(request), origin);
    }

    /** The names of all spans, in order. */
    public static List<String> names(Telemetry batch) {
        return all(batch).stream().map(Span::getName).toList();
    }

    /** All spans, in order. */
    public static List<Span> all(Telemetry batch) {
        try {
            return ExportTraceServiceRequest.parseFrom(batch.wire().toByteArray()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
