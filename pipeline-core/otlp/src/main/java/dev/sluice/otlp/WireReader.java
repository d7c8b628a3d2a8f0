package dev.sluice.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A cursor over the fields of one message: {@code while (reader.next()) switch (reader.field()) ...}. Reusable through
 * {@link #reset}; makes no objects but the Strings asked for. It never reads outside its range and throws
 * {@link MalformedOtlpException} where the bytes are not a message. For one thread at a time.
 */
public final class WireReader {
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int position;
    private int end;
    private int fieldStart;
    private int tag;
    private int start;
    private long bits;

    public WireReader() {}

    public WireReader(byte[] array, int offset, int length) {
        reset(array, offset, length);
    }

    /** Throws {@link IndexOutOfBoundsException} if the range lies outside the array. */
    public WireReader reset(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.position = offset;
        this.end = offset + length;
        this.fieldStart = offset;
        this.tag = 0;
        return this;
    }

    /** Stands this reader at the start of the message that {@code parent}'s field holds. */
    public WireReader enter(WireReader parent) {
        return reset(parent.array, parent.start, parent.length());
    }

    /** Moves to the next field, whose value is then known to be whole; false at the end of the message. */
    public boolean next() {
        if (position >= end) {
            return false;
        }
        fieldStart = position;
        long prefix = Wire.prefix(array, position, end);
        tag = Wire.value(prefix);
        start = Wire.position(prefix);
        position = Wire.skip(array, start, end, tag);
        switch (tag & 7) {
            case Wire.VARINT -> bits = position == start + 1 ? array[start] : Wire.varint(array, start, end);
            case Wire.FIXED64 -> bits = Wire.fixed64(array, start);
            case Wire.FIXED32 -> bits = Integer.toUnsignedLong(Wire.fixed32(array, start));
            case Wire.LEN -> start = Wire.position(Wire.prefix(array, start, end));
            default -> {}
        }
        return true;
    }

    public int field() {
        return tag >>> 3;
    }

    /** One of {@link Wire}'s constants. */
    public int wireType() {
        return tag & 7;
    }

    public boolean isRange() {
        return (tag & 7) == Wire.LEN;
    }

    public byte[] array() {
        return array;
    }

    /** Where the value starts in {@link #array}; the content of a length-delimited field, without its length. */
    public int start() {
        return start;
    }

    /** The size of the value in bytes. */
    public int length() {
        return position - start;
    }

    /** Where the field starts, tag included. */
    public int fieldStart() {
        return fieldStart;
    }

    /** The first position behind the field. */
    public int fieldEnd() {
        return position;
    }

    /** A varint's value, or the bits of a fixed one, 32 of them unsigned. */
    public long bits() {
        return bits;
    }

    /** {@link #bits} of a double. */
    public double decimal() {
        return Double.longBitsToDouble(bits);
    }

    /** {@link #bits} of an sint32 or sint64. */
    public long zigzag() {
        return bits >>> 1 ^ -(bits & 1);
    }

    /** The content of a string field. */
    public String string() {
        return new String(array, start, length(), StandardCharsets.UTF_8);
    }
}
