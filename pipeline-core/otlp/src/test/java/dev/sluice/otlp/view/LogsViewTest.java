package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogsViewTest extends AsGenerated {
    @Test
    void logRecordsReadAsTheGeneratedClassesReadThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Bytes rope = rope(Signal.LOGS, seed);
            LogsView view = new LogsView(rope);
            for (List<Message> row : Requests.rows(Requests.parse(Signal.LOGS, rope))) {
                assertThat(view.next()).isTrue();
                ResourceLogs resource = (ResourceLogs) row.get(0);
                assertResource(view.resource(), resource.getResource(), resource.getSchemaUrl());
                assertScope(view.scope(), ((ScopeLogs) row.get(1)).getScope(), ((ScopeLogs) row.get(1)).getSchemaUrl());
                LogRecord record = (LogRecord) row.get(2);
                LogRecordView at = view.record();
                assertThat(at.time()).isEqualTo(record.getTimeUnixNano());
                assertThat(at.observedTime()).isEqualTo(record.getObservedTimeUnixNano());
                assertThat(at.severityNumber()).isEqualTo(record.getSeverityNumberValue());
                assertThat(at.severityText()).isEqualTo(record.getSeverityText());
                assertValue(at.body(), record.getBody());
                assertAttributes(at.attributes(), record.getAttributesList());
                assertThat(at.droppedAttributesCount()).isEqualTo(record.getDroppedAttributesCount());
                assertThat(at.flags()).isEqualTo(record.getFlags());
                assertThat(at.traceId()).isEqualTo(hex(record.getTraceId()));
                assertThat(at.spanId()).isEqualTo(hex(record.getSpanId()));
                assertThat(at.spanIdBits()).isEqualTo(bits(record.getSpanId(), 0));
                assertThat(at.traceIdHigh()).isEqualTo(bits(record.getTraceId(), 0));
                assertThat(at.traceIdLow()).isEqualTo(bits(record.getTraceId(), 8));
                assertThat(range(at.array(), at.traceIdStart(), at.traceIdLength()))
                        .isEqualTo(record.getTraceId());
                assertThat(at.eventName()).isEqualTo(record.getEventName());
                assertThat(range(at.array(), at.start(), at.end() - at.start())).isEqualTo(record.toByteString());
            }
            assertThat(view.next()).isFalse();
            assertThat(view.resourceNumber()).isEqualTo(3);
            assertThat(view.scopeNumber()).isEqualTo(5);
        }
    }

    @Test
    void viewDoesNotKeepWhatItHasWalked() {
        LogsView view = new LogsView();
        WeakReference<Bytes> walked = someFor(view);
        while (view.next()) {
            assertThat(walked.get()).isNotNull();
        }
        System.gc();
        assertThat(walked.get()).isNull();
        assertThat(view.next()).isFalse();
    }

    private static WeakReference<Bytes> someFor(LogsView view) {
        Bytes rope = rope(Signal.LOGS, 0);
        view.reset(rope);
        return new WeakReference<>(rope);
    }
}
