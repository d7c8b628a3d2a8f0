package dev.sluice.otlp;

import java.util.Objects;

/** Counts what a request holds by skipping from item to item: nothing below an item is looked at. */
public final class OtlpItems {
    private OtlpItems() {}

    /** Spans, metric data points or log records. Allocates nothing. Throws {@link MalformedOtlpException} on broken framing. */
    public static int count(Signal signal, Bytes request) {
        int items = 0;
        for (int i = 0; i < request.sliceCount(); i++) {
            items += count(signal, request.sliceArray(i), request.sliceOffset(i), request.sliceLength(i));
        }
        return items;
    }

    /** The same for a request that lies in one array. */
    public static int count(Signal signal, byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return count(array, offset, offset + length, ItemPath.items(signal), 0);
    }

    private static int count(byte[] array, int start, int end, ItemPath path, int level) {
        int items = 0;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            if (path.leads(level, tag)) {
                long length = Wire.length(array, Wire.position(prefix), end);
                int body = Wire.position(length);
                at = body + Wire.value(length);
                items += path.isLast(level) ? 1 : count(array, body, at, path, level + 1);
            } else {
                at = Wire.skip(array, Wire.position(prefix), end, tag);
            }
        }
        return items;
    }
}
