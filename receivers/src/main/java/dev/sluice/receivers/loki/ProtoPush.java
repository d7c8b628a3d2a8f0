package dev.sluice.receivers.loki;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Wire;
import dev.sluice.otlp.WireReader;

/** A {@code PushRequest} (Loki 3.7, pkg/push/push.proto), read off the wire: no object for a line. */
final class ProtoPush {
    private static final long NANOS = 1_000_000_000L;

    private ProtoPush() {}

    /** @throws dev.sluice.otlp.MalformedOtlpException for what is no protobuf */
    static Bytes write(Bytes body, RecordWriter records) {
        records.begin();
        if (body.isEmpty()) {
            return records.end();
        }
        WireReader request = new WireReader(body.sliceArray(0), body.sliceOffset(0), body.sliceLength(0));
        WireReader stream = new WireReader();
        while (request.next()) {
            if (request.field() == 1 && request.wireType() == Wire.LEN) {
                records.stream(StreamLabels.parse(labels(stream.enter(request))));
                entries(stream.enter(request), records);
            }
        }
        return records.end();
    }

    private static String labels(WireReader stream) {
        String labels = "{}";
        while (stream.next()) {
            if (stream.field() == 1 && stream.wireType() == Wire.LEN) {
                labels = stream.string();
            }
        }
        return labels;
    }

    private static void entries(WireReader stream, RecordWriter records) {
        WireReader entry = new WireReader();
        WireReader inner = new WireReader();
        while (stream.next()) {
            if (stream.field() == 2 && stream.wireType() == Wire.LEN) {
                entry(stream, entry, inner, records);
            }
        }
    }

    private static void entry(WireReader stream, WireReader entry, WireReader inner, RecordWriter records) {
        long time = 0;
        byte[] line = stream.array();
        int lineStart = 0;
        int lineLength = 0;
        entry.enter(stream);
        while (entry.next()) {
            if (entry.wireType() == Wire.LEN) {
                switch (entry.field()) {
                    case 1 -> time = time(inner.enter(entry));
                    case 2 -> {
                        lineStart = entry.start();
                        lineLength = entry.length();
                    }
                    default -> {}
                }
            }
        }
        records.line(time, line, lineStart, lineLength);
        entry.enter(stream);
        while (entry.next()) {
            if (entry.field() == 3 && entry.wireType() == Wire.LEN) {
                metadata(inner.enter(entry), records);
            }
        }
        records.endLine();
    }

    private static long time(WireReader timestamp) {
        long seconds = 0;
        long nanos = 0;
        while (timestamp.next()) {
            if (timestamp.wireType() == Wire.VARINT) {
                switch (timestamp.field()) {
                    case 1 -> seconds = timestamp.bits();
                    case 2 -> nanos = timestamp.bits();
                    default -> {}
                }
            }
        }
        return seconds * NANOS + nanos;
    }

    private static void metadata(WireReader pair, RecordWriter records) {
        byte[] array = pair.array();
        int nameStart = 0;
        int nameLength = 0;
        int valueStart = 0;
        int valueLength = 0;
        while (pair.next()) {
            if (pair.wireType() == Wire.LEN) {
                switch (pair.field()) {
                    case 1 -> {
                        nameStart = pair.start();
                        nameLength = pair.length();
                    }
                    case 2 -> {
                        valueStart = pair.start();
                        valueLength = pair.length();
                    }
                    default -> {}
                }
            }
        }
        records.metadata(array, nameStart, nameLength, array, valueStart, valueLength);
    }
}
