package dev.sluice.processors.probabilisticsampler;

import dev.sluice.otlp.Wire;

/** Where the keys of attributes lie, for a scan that looks at every attribute and wants hardly any. */
final class Keys {
    private static final int KEY = 1 << 3 | Wire.LEN;
    private static final int VALUE = 2 << 3 | Wire.LEN;

    private Keys() {}

    /** The start of the key of the KeyValue in the range, with the length in the high 32 bits; see {@link Wire#value}. */
    static long of(byte[] array, int start, int end) {
        // Almost all have a key and a value, in this order. What a key field repeats must be seen, since then the last
        // one counts.
        if (start < end && array[start] == KEY) {
            long key = Wire.length(array, start + 1, end);
            int at = Wire.position(key) + Wire.value(key);
            if (at < end && array[at] == VALUE) {
                long value = Wire.length(array, at + 1, end);
                at = Wire.position(value) + Wire.value(value);
            }
            if (at == end) {
                return key;
            }
        }
        return last(array, start, end, KEY);
    }

    /** The same for the value, an AnyValue; an empty range without one. */
    static long value(byte[] array, int start, int end) {
        return last(array, start, end, VALUE);
    }

    private static long last(byte[] array, int start, int end, int wanted) {
        long found = end;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if (tag == wanted) {
                found = Wire.length(array, at, end);
            }
            at = Wire.skip(array, at, end, tag);
        }
        return found;
    }
}
