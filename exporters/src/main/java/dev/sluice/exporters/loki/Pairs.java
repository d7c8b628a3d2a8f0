package dev.sluice.exporters.loki;

import dev.sluice.otlp.Wire;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import java.nio.charset.StandardCharsets;

/**
 * Writes pairs of structured metadata, {@code LabelPairAdapter} of an entry. The names that keys become are remembered by their place: one
 * record after the other has the same keys in the same order. For one loop.
 */
final class Pairs {
    private static final int PAIRS = 3;
    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int PLACES = 64;
    /** Longer keys are rare, and not remembered. */
    private static final int LONGEST_KEY = 256;

    private static final int DIGITS = 20;

    private final byte[][] keys = new byte[PLACES][];
    private final byte[][] heads = new byte[PLACES][];
    private final byte[] digits = new byte[DIGITS];

    /** What a pair of that name begins with: the name, and the tag of the value. */
    static byte[] head(String name) {
        return head(name.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] head(byte[] name) {
        WireAppender head = new WireAppender(name.length + 8);
        head.bytes(NAME, name, 0, name.length);
        head.tag(VALUE, Wire.LEN);
        return head.toByteArray();
    }

    static void write(byte[] head, byte[] value, int start, int length, WireAppender out) {
        out.tag(PAIRS, Wire.LEN);
        out.plainVarint(head.length + Wire.varintSize(length) + length);
        out.raw(head, 0, head.length);
        out.plainVarint(length);
        out.raw(value, start, length);
    }

    static void write(byte[] head, String value, WireAppender out) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        write(head, utf8, 0, utf8.length, out);
    }

    /** Of the attribute where the view stands, which is one of its entry in that place. */
    void write(AttributesView attribute, int place, WireAppender out) {
        AnyValueView value = attribute.value();
        byte[] head = head(attribute, place);
        switch (value.kind()) {
            case STRING -> write(head, value.array(), value.contentStart(), value.contentLength(), out);
            case INT -> write(head, value.integer(), out);
            default -> write(head, value.text(), out);
        }
    }

    private byte[] head(AttributesView attribute, int place) {
        int slot = place & (PLACES - 1);
        byte[] key = keys[slot];
        if (key != null && attribute.keyIs(key)) {
            return heads[slot];
        }
        byte[] head = head(LabelNames.name(attribute.array(), attribute.keyStart(), attribute.keyLength()));
        if (attribute.keyLength() <= LONGEST_KEY) {
            keys[slot] = attribute.key().getBytes(StandardCharsets.UTF_8);
            heads[slot] = head;
        }
        return head;
    }

    private void write(byte[] head, long value, WireAppender out) {
        if (value < 0) {
            write(head, Long.toString(value), out);
            return;
        }
        int at = DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        write(head, digits, at, DIGITS - at, out);
    }
}
