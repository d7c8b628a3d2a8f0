package dev.sluice.otlp;

/** Counts what a request holds by skipping from item to item: nothing below an item is looked at. */
public final class OtlpItems {
    /** Fields that hold the items or lead to them, outermost first; for metrics the data of all five kinds. */
    private static final int ONE = 1 << 1;

    private static final int TWO = 1 << 2;
    private static final int METRIC_DATA = 1 << 5 | 1 << 7 | 1 << 9 | 1 << 10 | 1 << 11;
    private static final int[] TO_ITEMS = {ONE, TWO, TWO};
    private static final int[] TO_POINTS = {ONE, TWO, TWO, METRIC_DATA, ONE};

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
        java.util.Objects.checkFromIndexSize(offset, length, array.length);
        return count(array, offset, offset + length, signal == Signal.METRICS ? TO_POINTS : TO_ITEMS, 0);
    }

    private static int count(byte[] array, int start, int end, int[] path, int level) {
        int items = 0;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int number = tag >>> 3;
            if ((tag & 7) == Wire.LEN && number < Integer.SIZE && (path[level] >>> number & 1) != 0) {
                long length = Wire.length(array, Wire.position(prefix), end);
                int body = Wire.position(length);
                at = body + Wire.value(length);
                items += level == path.length - 1 ? 1 : count(array, body, at, path, level + 1);
            } else {
                at = Wire.skip(array, Wire.position(prefix), end, tag);
            }
        }
        return items;
    }
}
