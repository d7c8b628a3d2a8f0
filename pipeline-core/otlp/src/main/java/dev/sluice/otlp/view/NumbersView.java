package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;

/** The numbers of one repeated field, packed or not. */
public final class NumbersView {
    private static final byte[] NOTHING = new byte[0];

    private final int wireType;
    private byte[] array = NOTHING;
    private int field;
    private int at;
    private int end;
    /** The end of the packed run that {@code at} is in, or 0. */
    private int packedEnd;

    private long bits;

    /** {@code wireType}: how one of them is written: VARINT or FIXED64. */
    public NumbersView(int wireType) {
        this.wireType = wireType;
    }

    /** Stands before the first number of the field in the message that the index is of. */
    public NumbersView reset(FieldIndex parent, int field) {
        this.array = parent.array();
        this.field = field;
        this.packedEnd = 0;
        // Only a packed run is in the index, and writers pack; with numbers on their own the whole message is searched.
        boolean loose = parent.hasNumber(field);
        this.at = loose ? parent.start() : parent.firstField(field);
        this.end = loose ? parent.end() : parent.lastFieldEnd(field);
        return this;
    }

    public boolean next() {
        while (true) {
            if (at < packedEnd) {
                read(packedEnd);
                return true;
            }
            if (at >= end) {
                return false;
            }
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if (tag == Wire.tag(field, wireType)) {
                read(end);
                return true;
            } else if (tag == Wire.tag(field, Wire.LEN)) {
                long length = Wire.length(array, at, end);
                at = Wire.position(length);
                packedEnd = at + Wire.value(length);
            } else {
                at = Wire.skip(array, at, end, tag);
            }
        }
    }

    public long bits() {
        return bits;
    }

    public double decimal() {
        return Double.longBitsToDouble(bits);
    }

    /** How many there are; moves this view to its end. */
    public int count() {
        int count = 0;
        while (next()) {
            count++;
        }
        return count;
    }

    private void read(int limit) {
        int next = Wire.skip(array, at, limit, Wire.tag(field, wireType));
        bits = wireType == Wire.VARINT ? Wire.varint(array, at, limit) : Wire.fixed64(array, at);
        at = next;
    }
}
