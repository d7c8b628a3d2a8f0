package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The protobuf encoding at its lowest level: static functions over a byte array, for the kernels that must not keep their position
 * in a field. Where a position and a value come back together they share a {@code long}: {@link #value} and {@link #position} take
 * it apart. Every function that takes an {@code end} throws {@link MalformedOtlpException} rather than read at or beyond it.
 *
 * <p>Source: protobuf.dev, "Encoding".
 */
public final class Wire {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LEN = 2;
    public static final int START_GROUP = 3;
    public static final int END_GROUP = 4;
    public static final int FIXED32 = 5;

    /** How deep groups may nest, which nobody writes any more: as deep as values may, see {@link OtlpValidator#MAX_DEPTH}. */
    private static final int MAX_GROUP_DEPTH = 32;

    private static final int MAX_VARINT_BYTES = 10;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Wire() {}

    public static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    /** The value part of what {@link #prefix} and {@link #length} return. */
    public static int value(long valueAndPosition) {
        return (int) (valueAndPosition >>> 32);
    }

    /** The position part of what {@link #prefix} and {@link #length} return: the first byte behind the value. */
    public static int position(long valueAndPosition) {
        return (int) valueAndPosition;
    }

    /** The varint of at most 32 bits at {@code position}, such as a tag; see {@link #value} and {@link #position}. */
    public static long prefix(byte[] array, int position, int end) {
        if (position < end) {
            byte first = array[position];
            if (first >= 0) {
                return (long) first << 32 | (position + 1);
            }
        }
        return longPrefix(array, position, end);
    }

    private static long longPrefix(byte[] array, int position, int end) {
        int value = 0;
        int at = position;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= end) {
                throw new MalformedOtlpException("the message ends inside a tag or a length");
            }
            byte next = array[at++];
            if (shift == 28 && (next & 0xF0) != 0) {
                break;
            }
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return (long) value << 32 | at;
            }
        }
        throw new MalformedOtlpException("a tag or a length takes more than 32 bits");
    }

    /** The length at {@code position}, checked to fit between it and {@code end}; see {@link #value} and {@link #position}. */
    public static long length(byte[] array, int position, int end) {
        long prefix = prefix(array, position, end);
        int length = value(prefix);
        if (length < 0 || length > end - position(prefix)) {
            throw new MalformedOtlpException("a length of " + Integer.toUnsignedString(length) + " bytes where "
                    + (end - position(prefix)) + " are left in the message");
        }
        return prefix;
    }

    /** The varint at {@code position}; {@link #skipVarint} gives where it ends. */
    public static long varint(byte[] array, int position, int end) {
        long value = 0;
        int at = position;
        for (int shift = 0; shift < 7 * MAX_VARINT_BYTES; shift += 7) {
            if (at >= end) {
                throw truncated();
            }
            byte next = array[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw overlong();
    }

    /** The first position behind the varint. */
    public static int skipVarint(byte[] array, int position, int end) {
        int at = position;
        int last = position + MAX_VARINT_BYTES;
        while (at < end) {
            if (array[at++] >= 0) {
                return at;
            }
            if (at == last) {
                throw overlong();
            }
        }
        throw truncated();
    }

    /** The first position behind the value of a field whose tag has been read. */
    public static int skip(byte[] array, int position, int end, int tag) {
        if ((tag >>> 3) == 0) {
            throw new MalformedOtlpException("a field has the number 0");
        }
        return switch (tag & 7) {
            case VARINT -> skipVarint(array, position, end);
            case FIXED64 -> skipFixed(position, end, 8);
            case LEN -> {
                long length = length(array, position, end);
                yield position(length) + value(length);
            }
            case START_GROUP -> skipGroup(array, position, end, tag >>> 3, 1);
            case FIXED32 -> skipFixed(position, end, 4);
            default -> throw new MalformedOtlpException("wire type " + (tag & 7) + " where a field must start");
        };
    }

    /** The little-endian eight bytes at {@code position}; the caller has checked that they are there. */
    public static long fixed64(byte[] array, int position) {
        return (long) LONGS.get(array, position);
    }

    /** The little-endian four bytes at {@code position}; the caller has checked that they are there. */
    public static int fixed32(byte[] array, int position) {
        return (int) INTS.get(array, position);
    }

    static void putFixed64(byte[] array, int position, long value) {
        LONGS.set(array, position, value);
    }

    static void putFixed32(byte[] array, int position, int value) {
        INTS.set(array, position, value);
    }

    /** How many bytes the varint takes. */
    public static int varintSize(long value) {
        // Seven bits a byte: (bits + 6) / 7 as a multiplication, with one byte for 0.
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /** Writes the varint and returns the first position behind it; the caller has made room for {@link #varintSize}. */
    static int putVarint(byte[] array, int position, long value) {
        int at = position;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[at++] = (byte) rest;
        return at;
    }

    private static int skipFixed(int position, int end, int size) {
        if (size > end - position) {
            throw truncated();
        }
        return position + size;
    }

    private static int skipGroup(byte[] array, int position, int end, int number, int depth) {
        if (depth > MAX_GROUP_DEPTH) {
            throw new MalformedOtlpException("groups nest deeper than " + MAX_GROUP_DEPTH);
        }
        int at = position;
        while (true) {
            long prefix = prefix(array, at, end);
            int tag = value(prefix);
            at = position(prefix);
            if ((tag & 7) == END_GROUP) {
                if ((tag >>> 3) != number) {
                    throw new MalformedOtlpException("a group ends that was not open");
                }
                return at;
            }
            at = (tag & 7) == START_GROUP && (tag >>> 3) != 0
                    ? skipGroup(array, at, end, tag >>> 3, depth + 1)
                    : skip(array, at, end, tag);
        }
    }

    private static MalformedOtlpException truncated() {
        return new MalformedOtlpException("the message ends inside a value");
    }

    private static MalformedOtlpException overlong() {
        return new MalformedOtlpException("a varint takes more than " + MAX_VARINT_BYTES + " bytes");
    }
}
