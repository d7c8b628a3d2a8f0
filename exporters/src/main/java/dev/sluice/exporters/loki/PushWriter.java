package dev.sluice.exporters.loki;

import dev.sluice.api.Clock;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.loki.AttributePath.Owner;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;
import dev.sluice.otlp.view.TracesView;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a batch as one {@code PushRequest} (Loki 3.7, {@code pkg/push/push.proto}) off the wire: its streams in the order of their
 * first items, the lines of each in the order of the batch. For one loop.
 */
final class PushWriter {
    private static final int STREAMS = 1;
    private static final int LABELS = 1;
    private static final int ENTRIES = 2;
    private static final int TIMESTAMP = 1;
    private static final int LINE = 2;

    private static final int USUAL_ENTRY = 512;
    private static final int USUAL_STREAM = 4_096;
    private static final long NANOS = 1_000_000_000L;

    private final StreamLabels labels;
    private final Metadata metadata;
    private final SpanLine spanLine;
    private final int maxLineBytes;
    private final Runnable cut;
    private final Clock clock;
    private final WireAppender ofResource = new WireAppender(USUAL_STREAM);
    private final LogsView logs = new LogsView();
    private final TracesView traces = new TracesView();

    /** @param cut told of each line that was longer than {@code max_line_size} */
    PushWriter(LokiConfig config, Clock clock, Runnable cut) {
        this.labels = new StreamLabels(config.labels());
        this.metadata = new Metadata(labels);
        this.spanLine = new SpanLine(config.spanFormat());
        this.maxLineBytes = config.maxLineSize();
        this.clock = clock;
        this.cut = cut;
    }

    Bytes write(Telemetry batch) {
        Streams streams = new Streams();
        switch (batch) {
            case Telemetry.Logs records -> logs(records.wire(), streams);
            case Telemetry.Traces spans -> traces(spans.wire(), streams);
            case Telemetry.Metrics metrics -> throw new IllegalStateException("metrics have no lines");
        }
        return streams.request();
    }

    private void logs(Bytes wire, Streams streams) {
        logs.reset(wire);
        while (logs.next()) {
            LogRecordView item = logs.record();
            WireAppender stream = streams.of(logs.resourceNumber(), logs.resource(), logs.scope(), item.attributes());
            int mark = stream.begin(ENTRIES, USUAL_ENTRY);
            timestamp(stream, item.time() == 0 ? item.observedTime() : item.time());
            body(stream, item.body());
            metadata.of(item, stream);
            rest(stream, logs.scope(), item.attributes());
            stream.end(mark);
        }
    }

    private void traces(Bytes wire, Streams streams) {
        traces.reset(wire);
        while (traces.next()) {
            SpanView item = traces.span();
            WireAppender stream =
                    streams.of(traces.resourceNumber(), traces.resource(), traces.scope(), item.attributes());
            int mark = stream.begin(ENTRIES, USUAL_ENTRY);
            timestamp(stream, item.startTime());
            line(stream, spanLine.of(item));
            metadata.of(item, stream);
            rest(stream, traces.scope(), item.attributes());
            stream.end(mark);
        }
    }

    private void rest(WireAppender stream, ScopeView scope, AttributesView item) {
        ofResource.copyTo(stream);
        metadata.of(scope, stream);
        metadata.attributes(Owner.ITEM, item, stream);
    }

    private void timestamp(WireAppender stream, long nanos) {
        long known = nanos == 0 ? clock.epochNanos() : nanos;
        int mark = stream.begin(TIMESTAMP, 0);
        stream.varint(1, Long.divideUnsigned(known, NANOS));
        stream.varint(2, Long.remainderUnsigned(known, NANOS));
        stream.end(mark);
    }

    private void body(WireAppender stream, AnyValueView body) {
        if (body.kind() == AnyValueView.Kind.STRING) {
            line(stream, body.array(), body.contentStart(), body.contentLength());
        } else {
            line(stream, body.text());
        }
    }

    private void line(WireAppender stream, String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        line(stream, utf8, 0, utf8.length);
    }

    private void line(WireAppender stream, byte[] array, int start, int length) {
        int kept = length;
        if (maxLineBytes > 0 && length > maxLineBytes) {
            kept = maxLineBytes;
            while (kept > 0 && (array[start + kept] & 0xc0) == 0x80) {
                kept--;
            }
            cut.run();
        }
        stream.bytes(LINE, array, start, kept);
    }

    /** The streams of one batch. */
    private final class Streams {
        private final Map<String, WireAppender> byLabels = new LinkedHashMap<>();
        private int resource = -1;
        private WireAppender ofThisResource = ofResource;

        /** Where the entry of an item goes; what all entries of its resource have in common is ready then. */
        WireAppender of(int number, ResourceView of, ScopeView scope, AttributesView item) {
            boolean entered = number != resource;
            if (entered) {
                resource = number;
                ofResource.truncate(0);
                metadata.attributes(Owner.RESOURCE, of.attributes(), ofResource);
            }
            if (entered || !labels.ofResource()) {
                ofThisResource = byLabels.computeIfAbsent(
                        labels.of(of.attributes(), scope.attributes(), item), text -> new WireAppender(USUAL_STREAM));
            }
            return ofThisResource;
        }

        Bytes request() {
            int total = byLabels.values().stream()
                    .mapToInt(stream -> stream.length() + USUAL_ENTRY)
                    .sum();
            WireAppender out = new WireAppender(total);
            byLabels.forEach((text, entries) -> {
                int mark = out.begin(STREAMS, entries.length());
                out.string(LABELS, text);
                entries.copyTo(out);
                out.end(mark);
            });
            return out.toBytes();
        }
    }
}
