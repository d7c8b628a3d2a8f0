package dev.sluice.slo.state;

import dev.sluice.promql.series.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Values as bytes: whole numbers as varints, so that small ones are short, and a text in full only the first time. The bytes are taken away in pieces while
 * writing goes on. For one thread.
 */
public final class StateWriter {
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** Small numbers of either sign take few bytes (zigzag encoding). */
    public void number(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    private void unsigned(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            put((int) (left | 0x80));
            left >>>= 7;
        }
        put((int) left);
    }

    public void flag(boolean value) {
        put(value ? 1 : 0);
    }

    /** Every bit of it, so that one kind of NaN stays what it is. */
    public void value(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            put((int) (bits >>> shift));
        }
    }

    public void text(String text) {
        Integer known = texts.putIfAbsent(text, texts.size() + 1);
        if (known != null) {
            unsigned(known);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(0);
        unsigned(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    public void labels(Labels labels) {
        number(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            text(labels.name(i));
            text(labels.value(i));
        }
    }

    /** How many bytes there are to be taken. */
    public int size() {
        return size;
    }

    /** What was written since the last call. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    private void put(int b) {
        room(1);
        bytes[size++] = (byte) b;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
