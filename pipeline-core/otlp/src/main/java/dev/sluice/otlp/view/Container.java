package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;

/** A ResourceX or ScopeX message: finds its head, the Resource or the scope in field 1, and its schema URL only when asked. */
final class Container {
    private static final byte[] NOTHING = new byte[0];

    private final FieldIndex head = new FieldIndex();
    private byte[] array = NOTHING;
    private int start;
    private int end;
    private boolean headRead;

    void reset(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.headRead = false;
    }

    /** The fields of the head; none if there is no head. */
    FieldIndex head() {
        if (!headRead) {
            headRead = true;
            // Writers put the head first, so this ends at the first field. A second head is not looked for: nobody
            // writes one.
            find(1);
            head.read(array, foundStart, foundEnd);
        }
        return head;
    }

    String schemaUrl() {
        find(3);
        return new String(array, foundStart, foundEnd - foundStart, StandardCharsets.UTF_8);
    }

    byte[] array() {
        return array;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private int foundStart;
    private int foundEnd;

    private void find(int field) {
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int value = Wire.position(prefix);
            at = Wire.skip(array, value, end, tag);
            if (tag == Wire.tag(field, Wire.LEN)) {
                foundStart = Wire.position(Wire.prefix(array, value, end));
                foundEnd = at;
                return;
            }
        }
        foundStart = foundEnd = end;
    }
}
