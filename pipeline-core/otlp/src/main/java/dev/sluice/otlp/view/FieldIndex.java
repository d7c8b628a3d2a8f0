package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Where the fields 1 to 31 of a message lie: one walk over the message, then each field in constant time. The other views stand on it. */
public final class FieldIndex {
    private static final int SIZE = 32;
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int start;
    private int end;
    /** One bit for each field that was seen as a number, and as a range. */
    private int numbers;

    private int ranges;
    private final long[] bits = new long[SIZE];
    private final int[] from = new int[SIZE];
    private final int[] to = new int[SIZE];
    private final int[] firstField = new int[SIZE];
    private final int[] lastFieldEnd = new int[SIZE];

    public void read(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
        int seenNumbers = 0;
        int seenRanges = 0;
        int at = start;
        while (at < end) {
            int fieldStart = at;
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            int number = tag >>> 3;
            if (number >= SIZE) {
                at = Wire.skip(array, at, end, tag);
                continue;
            }
            int bit = 1 << number;
            switch (tag & 7) {
                case Wire.LEN -> {
                    long length = Wire.length(array, at, end);
                    at = Wire.position(length);
                    from[number] = at;
                    at += Wire.value(length);
                    to[number] = at;
                    if ((seenRanges & bit) == 0) {
                        firstField[number] = fieldStart;
                    }
                    lastFieldEnd[number] = at;
                    seenRanges |= bit;
                }
                case Wire.VARINT -> {
                    bits[number] = Wire.varint(array, at, end);
                    at = Wire.skipVarint(array, at, end);
                    lastFieldEnd[number] = at;
                    seenNumbers |= bit;
                }
                case Wire.FIXED64 -> {
                    int next = Wire.skip(array, at, end, tag);
                    bits[number] = Wire.fixed64(array, at);
                    at = next;
                    lastFieldEnd[number] = at;
                    seenNumbers |= bit;
                }
                case Wire.FIXED32 -> {
                    int next = Wire.skip(array, at, end, tag);
                    bits[number] = Integer.toUnsignedLong(Wire.fixed32(array, at));
                    at = next;
                    lastFieldEnd[number] = at;
                    seenNumbers |= bit;
                }
                default -> at = Wire.skip(array, at, end, tag);
            }
        }
        numbers = seenNumbers;
        ranges = seenRanges;
    }

    public byte[] array() {
        return array;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public boolean hasNumber(int field) {
        return (numbers >>> field & 1) != 0;
    }

    public boolean hasRange(int field) {
        return (ranges >>> field & 1) != 0;
    }

    /** The bits of the field's last value, or 0. */
    public long bits(int field) {
        return hasNumber(field) ? bits[field] : 0;
    }

    public double decimal(int field) {
        return Double.longBitsToDouble(bits(field));
    }

    /** An sint32. */
    public int zigzag(int field) {
        long value = bits(field);
        return (int) (value >>> 1 ^ -(value & 1));
    }

    /** Where the content of the field's last range starts; the message's end if there is none. */
    public int from(int field) {
        return hasRange(field) ? from[field] : end;
    }

    public int to(int field) {
        return hasRange(field) ? to[field] : end;
    }

    public int length(int field) {
        return hasRange(field) ? to[field] - from[field] : 0;
    }

    /** Where the first field of this number starts, tag included; the message's end if there is none. */
    public int firstField(int field) {
        return hasRange(field) ? firstField[field] : end;
    }

    /** The first position behind the last field of this number; the message's end if there is none. */
    public int lastFieldEnd(int field) {
        return hasRange(field) ? lastFieldEnd[field] : end;
    }

    /** The same for a field of any kind, for which of a oneof's members came last; -1 if there is none. */
    public int lastEnd(int field) {
        return ((ranges | numbers) >>> field & 1) != 0 ? lastFieldEnd[field] : -1;
    }

    public String string(int field) {
        return hasRange(field) ? new String(array, from[field], to[field] - from[field], StandardCharsets.UTF_8) : "";
    }

    /** Lower-case hex; empty where the field is. */
    public String hex(int field) {
        return hasRange(field) ? HexFormat.of().formatHex(array, from[field], to[field]) : "";
    }

    /** Eight bytes of the field from {@code offset}, big-endian, or 0 if it is not so long. */
    public long bigEndian(int field, int offset) {
        return length(field) >= offset + Long.BYTES ? Long.reverseBytes(Wire.fixed64(array, from[field] + offset)) : 0;
    }
}
