package dev.sluice.slo.rules;

import com.google.protobuf.ByteString;
import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;

/** A request of spans of the job {@code shop/cart}. */
final class Spans {
    private final ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    private int spans;

    Spans() {
        request.addResourceSpansBuilder()
                .setResource(Resource.newBuilder()
                        .addAttributes(Gauges.attribute("service.name", "cart"))
                        .addAttributes(Gauges.attribute("service.namespace", "shop"))
                        .addAttributes(Gauges.attribute("zone", "z1")))
                .addScopeSpansBuilder();
    }

    /** A span of the trace that has the number of spans so far. {@code end} is in milliseconds since 1970. */
    Spans add(String route, boolean failed, long end, double seconds) {
        spans++;
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .addSpans(Span.newBuilder()
                        .setTraceId(ByteString.copyFrom(
                                ByteBuffer.allocate(16).putLong(8, spans).array()))
                        .setSpanId(ByteString.copyFrom(
                                ByteBuffer.allocate(8).putLong(0, spans).array()))
                        .setStartTimeUnixNano(end * 1_000_000 - (long) (seconds * 1e9))
                        .setEndTimeUnixNano(end * 1_000_000)
                        .addAttributes(Gauges.attribute("http.route", route))
                        .setStatus(Status.newBuilder()
                                .setCode(
                                        failed
                                                ? Status.StatusCode.STATUS_CODE_ERROR
                                                : Status.StatusCode.STATUS_CODE_UNSET)));
        return this;
    }

    Telemetry telemetry() {
        return Telemetry.of(Signal.TRACES, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }
}
