package dev.sluice.engine.telemetry;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.Collection;

/** Writes the SDK's log records as an ExportLogsServiceRequest. */
final class LogWire {
    private LogWire() {}

    static Bytes request(Collection<LogRecordData> records) {
        return SdkWire.request(
                records, LogRecordData::getResource, LogRecordData::getInstrumentationScopeInfo, LogWire::log);
    }

    private static void log(WireWriter out, LogRecordData log) {
        SdkWire.text(out, 12, log.getEventName());
        out.fixed64(11, log.getObservedTimestampEpochNanos());
        SpanContext context = log.getSpanContext();
        if (context.isValid()) {
            out.bytes(10, context.getSpanIdBytes());
            out.bytes(9, context.getTraceIdBytes());
            out.fixed32(8, context.getTraceFlags().asByte() & 0xff);
        }
        int dropped = log.getTotalAttributeCount() - log.getAttributes().size();
        if (dropped > 0) {
            out.varint(7, dropped);
        }
        SdkWire.attributes(out, 6, log.getAttributes());
        Value<?> body = log.getBodyValue();
        if (body != null) {
            int mark = out.mark();
            SdkWire.value(out, body);
            out.message(5, mark);
        }
        SdkWire.text(out, 3, log.getSeverityText());
        out.varint(2, log.getSeverity().getSeverityNumber());
        out.fixed64(1, log.getTimestampEpochNanos());
    }
}
