package dev.sluice.receivers.loki;

import dev.sluice.api.Clock;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes lines as log records of OTLP, as the Collector's receiver does: the line is the body, the labels of its stream and its structured metadata are
 * attributes. Of a request first {@link #begin}, then {@link #stream} and {@link #line}s, then {@link #end}. For one loop.
 */
final class RecordWriter {
    private static final int USUAL = 64 * 1024;
    private static final int USUAL_RECORD = 512;

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
    private final WireAppender labels = new WireAppender(USUAL_RECORD);
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
        labels.truncate(0);
        stream.forEach((name, value) -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            attribute(labels, key, 0, key.length, text, 0, text.length);
        });
    }

    /**
     * Begins the record of a line in UTF-8; {@link #metadata} may follow, and {@link #endLine} must.
     *
     * @throws OversizedPushException for a line with which the request would pass the limit
     */
    void line(long timeNanos, byte[] array, int start, int length) {
        if ((long) out.length() + length + labels.length() > limit) {
            throw new OversizedPushException(limit);
        }
        record = out.begin(RECORD, USUAL_RECORD + length);
        out.fixed64(TIME, incomingTimestamps && timeNanos > 0 ? timeNanos : now);
        int body = out.begin(BODY, length);
        text(out, 1, array, start, length);
        out.end(body);
        labels.copyTo(out);
    }

    /** An attribute of the line that was begun. */
    void metadata(byte[] key, int keyStart, int keyLength, byte[] value, int valueStart, int valueLength) {
        attribute(out, key, keyStart, keyLength, value, valueStart, valueLength);
    }

    void endLine() {
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
