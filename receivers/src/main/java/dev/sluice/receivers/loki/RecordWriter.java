package dev.sluice.receivers.loki;

import dev.sluice.api.Clock;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes lines as log records of OTLP, as the Collector's receiver does: the line is the body, the labels of its stream and its structured metadata are attributes,
 * of which metadata win over a label of the same name, and labels that begin with {@code __} are left out. Of a request first {@link #begin}, then {@link #stream} and {@link #line}s, then {@link #end}. For one loop.
 */
final class RecordWriter {
    /** Prometheus' mark of labels that are not for others. */
    private static final String INTERNAL = "__";

    private static final int USUAL = 64 * 1024;
    private static final int USUAL_RECORD = 512;
    /** Tags and lengths around a name and a value. */
    private static final int FRAME = 16;

    private static final int RESOURCE_LOGS = 1;
    private static final int SCOPE_LOGS = 2;
    private static final int RECORD = 2;
    private static final int TIME = 1;
    private static final int BODY = 5;
    private static final int ATTRIBUTE = 6;
    private static final int OBSERVED = 11;

    private final boolean incomingTimestamps;
    private final int limit;
    private final Clock clock;
    private final List<Label> labels = new ArrayList<>();
    private int labelBytes;
    private WireAppender out = new WireAppender(USUAL);
    private int resourceLogs;
    private int scopeLogs;
    private int record;
    private long now;

    /** @param limit bytes of a request: each line repeats the labels of its stream, so that a small push could become a huge one */
    RecordWriter(boolean incomingTimestamps, int limit, Clock clock) {
        this.incomingTimestamps = incomingTimestamps;
        this.limit = limit;
        this.clock = clock;
    }

    void begin() {
        out = new WireAppender(USUAL);
        now = clock.epochNanos();
        resourceLogs = out.begin(RESOURCE_LOGS, USUAL);
        scopeLogs = out.begin(SCOPE_LOGS, USUAL);
    }

    /** The labels of the lines that follow. */
    void stream(Map<String, String> stream) {
        labels.clear();
        labelBytes = 0;
        stream.forEach((name, value) -> {
            if (!name.startsWith(INTERNAL)) {
                Label label = new Label(name, value);
                labels.add(label);
                labelBytes += label.attribute.length;
            }
        });
    }

    /**
     * Begins the record of a line in UTF-8; {@link #metadata} may follow, and {@link #endLine} must.
     *
     * @throws OversizedPushException for a line with which the request would pass the limit
     */
    void line(long timeNanos, byte[] array, int start, int length) {
        if ((long) out.length() + length + labelBytes > limit) {
            throw new OversizedPushException(limit);
        }
        record = out.begin(RECORD, USUAL_RECORD + length);
        out.fixed64(TIME, incomingTimestamps && timeNanos > 0 ? timeNanos : now);
        int body = out.begin(BODY, length);
        text(out, 1, array, start, length);
        out.end(body);
        labels.forEach(label -> label.replaced = false);
    }

    /** An attribute of the line that was begun. */
    void metadata(byte[] key, int keyStart, int keyLength, byte[] value, int valueStart, int valueLength) {
        for (Label label : labels) {
            label.replaced |= Arrays.equals(label.name, 0, label.name.length, key, keyStart, keyStart + keyLength);
        }
        attribute(out, key, keyStart, keyLength, value, valueStart, valueLength);
    }

    void endLine() {
        for (Label label : labels) {
            if (!label.replaced) {
                out.raw(label.attribute, 0, label.attribute.length);
            }
        }
        out.fixed64(OBSERVED, now);
        out.end(record);
    }

    Bytes end() {
        out.end(scopeLogs);
        out.end(resourceLogs);
        return out.toBytes();
    }

    private static void attribute(
            WireAppender to, byte[] key, int keyStart, int keyLength, byte[] value, int valueStart, int valueLength) {
        int entry = to.begin(ATTRIBUTE, keyLength + valueLength);
        text(to, 1, key, keyStart, keyLength);
        int any = to.begin(2, valueLength);
        text(to, 1, value, valueStart, valueLength);
        to.end(any);
        to.end(entry);
    }

    /** A label of the stream. */
    private static final class Label {
        private final byte[] name;
        /** The field that each record has. */
        private final byte[] attribute;
        /** The line that was begun has metadata of that name. */
        private boolean replaced;

        Label(String name, String value) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            WireAppender field = new WireAppender(this.name.length + text.length + FRAME);
            attribute(field, this.name, 0, this.name.length, text, 0, text.length);
            attribute = field.toByteArray();
        }
    }

    /** What is no UTF-8 has no place in OTLP: better a line with a mark (U+FFFD) in it than none. */
    private static void text(WireAppender to, int field, byte[] array, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (array[i] < 0) {
                byte[] mended =
                        new String(array, start, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
                to.bytes(field, mended, 0, mended.length);
                return;
            }
        }
        to.bytes(field, array, start, length);
    }
}
