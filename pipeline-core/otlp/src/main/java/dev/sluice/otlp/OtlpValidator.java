package dev.sluice.otlp;

/**
 * Walks a whole request once and refuses what is not OTLP: lengths beyond their message, varints of more than ten bytes, a known
 * field with another wire type, ids of a wrong size, strings that are not UTF-8, values nested too deep. Everything behind a
 * receiver relies on it. Fields it does not know are only skipped. It allocates nothing unless it throws.
 */
public final class OtlpValidator {
    /** How deep an AnyValue may hold others; a stack is bounded by it (reliability.md, 3.1). */
    public static final int MAX_DEPTH = 32;

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private static final int VARINT_KINDS =
            1 << Schema.Kind.UNKNOWN | 1 << Schema.Kind.VARINT | 1 << Schema.Kind.VARINTS;
    private static final int FIXED64_KINDS =
            1 << Schema.Kind.UNKNOWN | 1 << Schema.Kind.FIXED64 | 1 << Schema.Kind.FIXED64S;
    private static final int FIXED32_KINDS = 1 << Schema.Kind.UNKNOWN | 1 << Schema.Kind.FIXED32;

    /** KeyValue and AnyValue make up most of a request, so they have loops of their own: these are the tags to expect. */
    private static final int KEY = 0x0A;

    private static final int KEY_VALUE = 0x12;
    private static final int KEY_INDEX = 0x18;

    private static final int STRING_VALUE = 0x0A;
    private static final int BOOL_VALUE = 0x10;
    private static final int INT_VALUE = 0x18;
    private static final int DOUBLE_VALUE = 0x21;
    private static final int ARRAY_VALUE = 0x2A;
    private static final int KVLIST_VALUE = 0x32;
    private static final int BYTES_VALUE = 0x3A;
    private static final int STRING_INDEX = 0x40;

    private OtlpValidator() {}

    /**
     * The items (spans, data points, log records) of the request in the range. Throws {@link MalformedOtlpException} if it is not a
     * well-formed request of the signal.
     */
    public static int validate(Signal signal, byte[] array, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, array.length);
        return message(array, offset, offset + length, Schema.request(signal));
    }

    /** The same for every slice of the rope. */
    public static int validate(Signal signal, Bytes request) {
        int items = 0;
        for (int i = 0; i < request.sliceCount(); i++) {
            items += validate(signal, request.sliceArray(i), request.sliceOffset(i), request.sliceLength(i));
        }
        return items;
    }

    private static int message(byte[] array, int start, int end, int[] fields) {
        int items = 0;
        int at = start;
        while (at < end) {
            int tag = array[at++];
            if (tag < 0) {
                long prefix = Wire.prefix(array, at - 1, end);
                tag = Wire.value(prefix);
                at = Wire.position(prefix);
            }
            int number = tag >>> 3;
            int rule = number < fields.length ? fields[number] : Schema.Kind.UNKNOWN;
            switch (tag & 7) {
                case Wire.LEN -> {
                    long length = Wire.length(array, at, end);
                    at = Wire.position(length);
                    int stop = at + Wire.value(length);
                    items += range(array, at, stop, rule, number);
                    at = stop;
                }
                case Wire.VARINT -> {
                    expect(VARINT_KINDS, rule, tag);
                    at = Wire.skip(array, at, end, tag);
                }
                case Wire.FIXED64 -> {
                    expect(FIXED64_KINDS, rule, tag);
                    at = Wire.skip(array, at, end, tag);
                }
                case Wire.FIXED32 -> {
                    expect(FIXED32_KINDS, rule, tag);
                    at = Wire.skip(array, at, end, tag);
                }
                default -> {
                    expect(1 << Schema.Kind.UNKNOWN, rule, tag);
                    at = Wire.skip(array, at, end, tag);
                }
            }
        }
        return items;
    }

    private static int range(byte[] array, int start, int end, int rule, int number) {
        switch (Schema.kind(rule)) {
            case Schema.Kind.ATTRIBUTE -> keyValue(array, start, end, 1);
            case Schema.Kind.STRING -> Utf8.check(array, start, end);
            case Schema.Kind.MESSAGE -> {
                return Schema.items(rule) + message(array, start, end, Schema.within(rule));
            }
            case Schema.Kind.TRACE_ID -> id(end - start, TRACE_ID_BYTES);
            case Schema.Kind.SPAN_ID -> id(end - start, SPAN_ID_BYTES);
            case Schema.Kind.VALUE -> anyValue(array, start, end, 1);
            case Schema.Kind.FIXED64S -> {
                if ((end - start) % Long.BYTES != 0) {
                    throw new MalformedOtlpException("packed values do not fill field " + number);
                }
            }
            case Schema.Kind.VARINTS -> {
                int at = start;
                while (at < end) {
                    at = Wire.skipVarint(array, at, end);
                }
            }
            default -> {
                expect(1 << Schema.Kind.UNKNOWN, rule, number << 3 | Wire.LEN);
                if (number == 0) {
                    throw new MalformedOtlpException("a field has the number 0");
                }
            }
        }
        return 0;
    }

    private static void keyValue(byte[] array, int start, int end, int depth) {
        if (isPlain(array, start, end)) {
            return;
        }
        int at = start;
        while (at < end) {
            int tag = array[at++];
            if (tag == KEY) {
                long length = Wire.length(array, at, end);
                at = Wire.position(length);
                int stop = at + Wire.value(length);
                Utf8.check(array, at, stop);
                at = stop;
            } else if (tag == KEY_VALUE) {
                long length = Wire.length(array, at, end);
                at = Wire.position(length);
                int stop = at + Wire.value(length);
                anyValue(array, at, stop, depth);
                at = stop;
            } else if (tag == KEY_INDEX) {
                at = Wire.skipVarint(array, at, end);
            } else {
                at = unknown(array, at - 1, end, 3);
            }
        }
    }

    /**
     * Whether this is a KeyValue as most are: a key, a string value, and nothing else, all of it short ASCII. Tags and one-byte
     * lengths are ASCII themselves, so one scan over the whole answers for both strings.
     */
    private static boolean isPlain(byte[] array, int start, int end) {
        if (end - start < Long.BYTES || array[start] != KEY) {
            return false;
        }
        int keyEnd = start + 2 + array[start + 1];
        if (array[start + 1] < 0
                || keyEnd > end - 4
                || array[keyEnd] != KEY_VALUE
                || array[keyEnd + 2] != STRING_VALUE) {
            return false;
        }
        int text = array[keyEnd + 3];
        return text >= 0
                && array[keyEnd + 1] == text + 2
                && keyEnd + 4 + text == end
                && Utf8.isAscii(array, start, end);
    }

    private static void anyValue(byte[] array, int start, int end, int depth) {
        int at = start;
        while (at < end) {
            int tag = array[at++];
            switch (tag) {
                case STRING_VALUE -> {
                    long length = Wire.length(array, at, end);
                    at = Wire.position(length);
                    int stop = at + Wire.value(length);
                    Utf8.check(array, at, stop);
                    at = stop;
                }
                case BOOL_VALUE, INT_VALUE, STRING_INDEX -> at = Wire.skipVarint(array, at, end);
                case DOUBLE_VALUE, BYTES_VALUE -> at = Wire.skip(array, at, end, tag);
                case ARRAY_VALUE, KVLIST_VALUE -> {
                    long length = Wire.length(array, at, end);
                    at = Wire.position(length);
                    int stop = at + Wire.value(length);
                    values(array, at, stop, tag == ARRAY_VALUE, depth);
                    at = stop;
                }
                default -> at = unknown(array, at - 1, end, 8);
            }
        }
    }

    /** The content of an ArrayValue or a KeyValueList: both have the one field 1. */
    private static void values(byte[] array, int start, int end, boolean plain, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new MalformedOtlpException("values nest deeper than " + MAX_DEPTH);
        }
        int at = start;
        while (at < end) {
            if (array[at] != KEY) {
                at = unknown(array, at, end, 1);
                continue;
            }
            long length = Wire.length(array, at + 1, end);
            at = Wire.position(length);
            int stop = at + Wire.value(length);
            if (plain) {
                anyValue(array, at, stop, depth + 1);
            } else {
                keyValue(array, at, stop, depth + 1);
            }
            at = stop;
        }
    }

    /** Skips a field that none of the expected tags started: its number must be beyond the known ones. */
    private static int unknown(byte[] array, int position, int end, int lastKnown) {
        long prefix = Wire.prefix(array, position, end);
        int tag = Wire.value(prefix);
        int number = tag >>> 3;
        if (number > 0 && number <= lastKnown) {
            // A tag may be spelt with more bytes than it needs; nobody does, and then it is refused as well.
            throw wrongType(tag);
        }
        return Wire.skip(array, Wire.position(prefix), end, tag);
    }

    private static void expect(int kinds, int rule, int tag) {
        if ((kinds >>> Schema.kind(rule) & 1) == 0) {
            throw wrongType(tag);
        }
    }

    private static void id(int length, int expected) {
        if (length != expected && length != 0) {
            throw new MalformedOtlpException("an id of " + length + " bytes where " + expected + " are due");
        }
    }

    private static MalformedOtlpException wrongType(int tag) {
        return new MalformedOtlpException("field " + (tag >>> 3) + " has the wire type " + (tag & 7));
    }
}
