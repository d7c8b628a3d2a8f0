package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The KeyValues of one repeated field. */
public final class AttributesView {
    private final Repeated entries = new Repeated();
    private final AnyValueView value = new AnyValueView();
    private int keyStart;
    private int keyEnd;

    /** Stands before the first of the KeyValues that {@code field} holds in the run of fields from {@code start} to {@code end}. */
    public AttributesView reset(byte[] array, int start, int end, int field) {
        entries.reset(array, start, end, field);
        return this;
    }

    AttributesView reset(FieldIndex index, int field) {
        entries.reset(index, field);
        return this;
    }

    /** Stands before the first attribute again. */
    public AttributesView rewind() {
        entries.rewind();
        return this;
    }

    public boolean next() {
        if (!entries.next()) {
            return false;
        }
        byte[] array = entries.array();
        int at = entries.start();
        int end = entries.end();
        int valueStart = end;
        int valueEnd = end;
        keyStart = end;
        keyEnd = end;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if (tag == (1 << 3 | Wire.LEN)) {
                long length = Wire.length(array, at, end);
                keyStart = Wire.position(length);
                at = keyStart + Wire.value(length);
                keyEnd = at;
            } else if (tag == (2 << 3 | Wire.LEN)) {
                long length = Wire.length(array, at, end);
                valueStart = Wire.position(length);
                at = valueStart + Wire.value(length);
                valueEnd = at;
            } else {
                at = Wire.skip(array, at, end, tag);
            }
        }
        value.reset(array, valueStart, valueEnd);
        return true;
    }

    /** Moves to the first attribute with this key, wherever the view stands. */
    public boolean find(byte[] utf8Key) {
        rewind();
        while (next()) {
            if (keyIs(utf8Key)) {
                return true;
            }
        }
        return false;
    }

    public boolean keyIs(byte[] utf8) {
        return Arrays.equals(entries.array(), keyStart, keyEnd, utf8, 0, utf8.length);
    }

    public String key() {
        return new String(entries.array(), keyStart, keyEnd - keyStart, StandardCharsets.UTF_8);
    }

    /** The same object for every attribute. */
    public AnyValueView value() {
        return value;
    }

    public byte[] array() {
        return entries.array();
    }

    public int keyStart() {
        return keyStart;
    }

    public int keyLength() {
        return keyEnd - keyStart;
    }

    /** Where the attribute's field starts, tag included: what to cut to drop the attribute. */
    public int fieldStart() {
        return entries.fieldStart();
    }

    /** The first position behind the attribute's field. */
    public int fieldEnd() {
        return entries.end();
    }
}
