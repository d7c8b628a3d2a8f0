package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;

/** Moves over the messages that one repeated field holds, past whatever other fields lie between them. */
public final class Repeated {
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int first;
    private int end;
    private int at;
    private int field;
    private int fieldStart;
    private int start;

    /** {@code start} is where a field starts. */
    public void reset(byte[] array, int start, int end, int field) {
        this.array = array;
        this.first = start;
        this.at = start;
        this.end = end;
        this.field = field;
    }

    /** Stands before the first occurrence of the field in the message that the index is of. */
    public void reset(FieldIndex index, int field) {
        reset(index.array(), index.firstField(field), index.lastFieldEnd(field), field);
    }

    public void rewind() {
        at = first;
    }

    public boolean next() {
        while (at < end) {
            fieldStart = at;
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            if (tag == Wire.tag(field, Wire.LEN)) {
                long length = Wire.length(array, Wire.position(prefix), end);
                start = Wire.position(length);
                at = start + Wire.value(length);
                return true;
            }
            at = Wire.skip(array, Wire.position(prefix), end, tag);
        }
        return false;
    }

    public byte[] array() {
        return array;
    }

    public int fieldStart() {
        return fieldStart;
    }

    /** Where the message starts. */
    public int start() {
        return start;
    }

    /** The first position behind the message, and behind its field. */
    public int end() {
        return at;
    }
}
