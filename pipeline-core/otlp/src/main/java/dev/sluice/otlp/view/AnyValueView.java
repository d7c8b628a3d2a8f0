package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One AnyValue. */
public final class AnyValueView {
    /** What a value holds; the names are those of the Collector's {@code pcommon.ValueType}. */
    public enum Kind {
        EMPTY,
        STRING,
        BOOL,
        INT,
        DOUBLE,
        SLICE,
        MAP,
        BYTES
    }

    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int start;
    private int end;
    private Kind kind = Kind.EMPTY;
    private long bits;
    private int from;
    private int to;

    /** Stands on the AnyValue in the range; an empty range is an empty value. */
    public AnyValueView reset(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.kind = Kind.EMPTY;
        this.from = end;
        this.to = end;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int value = Wire.position(prefix);
            at = Wire.skip(array, value, end, tag);
            Kind found = kind(tag);
            if (found == Kind.EMPTY) {
                continue;
            }
            // The members of a oneof replace each other: the last one counts.
            kind = found;
            switch (tag & 7) {
                case Wire.VARINT -> bits = Wire.varint(array, value, end);
                case Wire.FIXED64 -> bits = Wire.fixed64(array, value);
                default -> {
                    from = Wire.position(Wire.prefix(array, value, end));
                    to = at;
                }
            }
        }
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public boolean bool() {
        return kind == Kind.BOOL && bits != 0;
    }

    /** An INT; 0 for other kinds. */
    public long integer() {
        return kind == Kind.INT ? bits : 0;
    }

    /** A DOUBLE; 0 for other kinds. */
    public double decimal() {
        return kind == Kind.DOUBLE ? Double.longBitsToDouble(bits) : 0;
    }

    /** A STRING; empty for other kinds. {@link #text} is any value as text. */
    public String string() {
        return kind == Kind.STRING ? new String(array, from, to - from, StandardCharsets.UTF_8) : "";
    }

    public boolean stringIs(byte[] utf8) {
        return kind == Kind.STRING && Arrays.equals(array, from, to, utf8, 0, utf8.length);
    }

    /** A copy of BYTES; empty for other kinds. */
    public byte[] bytes() {
        return kind == Kind.BYTES ? Arrays.copyOfRange(array, from, to) : NOTHING;
    }

    public byte[] array() {
        return array;
    }

    /** Where the AnyValue starts in {@link #array()}. */
    public int start() {
        return start;
    }

    /** The first position behind the AnyValue. */
    public int end() {
        return end;
    }

    /** Where the content of a STRING, BYTES, SLICE or MAP starts. */
    public int contentStart() {
        return from;
    }

    /** The size of the content of a STRING, BYTES, SLICE or MAP. */
    public int contentLength() {
        return to - from;
    }

    /** A new cursor over the elements of a SLICE; over nothing for other kinds. */
    public ValuesView values() {
        return new ValuesView(array, kind == Kind.SLICE ? from : to, to);
    }

    /** A new cursor over the entries of a MAP; over nothing for other kinds. */
    public AttributesView entries() {
        return new AttributesView().reset(array, kind == Kind.MAP ? from : to, to, 1);
    }

    /** As the Collector's {@code AsString}: a string itself, numbers in Go's form, BYTES as base64, SLICE and MAP as JSON. */
    public String text() {
        return ValueText.of(this);
    }

    private static Kind kind(int tag) {
        return switch (tag) {
            case 1 << 3 | Wire.LEN -> Kind.STRING;
            case 2 << 3 | Wire.VARINT -> Kind.BOOL;
            case 3 << 3 | Wire.VARINT -> Kind.INT;
            case 4 << 3 | Wire.FIXED64 -> Kind.DOUBLE;
            case 5 << 3 | Wire.LEN -> Kind.SLICE;
            case 6 << 3 | Wire.LEN -> Kind.MAP;
            case 7 << 3 | Wire.LEN -> Kind.BYTES;
            default -> Kind.EMPTY;
        };
    }
}
