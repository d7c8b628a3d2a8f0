package dev.sluice.processors.probabilisticsampler;

import dev.sluice.otlp.Wire;
import dev.sluice.otlp.edit.Patch;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.Repeated;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is to change in the attributes of a log record, and doing it in the Collector's order: what is put in place of an attribute
 * stands where that stood, and the last attribute moves to where one is removed.
 */
final class RecordPatch {
    static final int ATTRIBUTES = 6;
    static final byte[] THRESHOLD = "sampling.threshold".getBytes(StandardCharsets.UTF_8);
    static final byte[] RANDOMNESS = "sampling.randomness".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTHING = new byte[0];
    /** In place of the start of an attribute of the record: one of those written here. */
    private static final int NEW_THRESHOLD = -1;

    private static final int NEW_RANDOMNESS = -2;

    private boolean clear;
    private long threshold;
    private long randomness;

    private final Repeated attributes = new Repeated();
    private final AnyValueView value = new AnyValueView();
    private final byte[] digits = new byte[Threshold.DIGITS];
    private byte[] array = NOTHING;
    /** The attributes as they will be: start of the field, of the message in it, and end of both. */
    private int[] entries = new int[3 * 16];

    private int count;
    /** The first attribute that is not as it was. */
    private int firstChanged;

    void reset() {
        clear = false;
        threshold = Threshold.NONE;
        randomness = Threshold.NONE;
    }

    /** Comes before a new one is set. */
    void clearThreshold() {
        clear = true;
    }

    void threshold(long value) {
        threshold = value;
    }

    void randomness(long value) {
        randomness = value;
    }

    /** For a record that has neither of the attributes. */
    void appendTo(Patch patch) {
        if (randomness != Threshold.NONE) {
            write(NEW_RANDOMNESS, patch);
        }
        if (threshold != Threshold.NONE) {
            write(NEW_THRESHOLD, patch);
        }
    }

    /** For the record in the range, which the patch is of. */
    void mergeInto(Patch patch, byte[] source, int start, int end) {
        array = source;
        attributes.reset(source, start, end, ATTRIBUTES);
        count = 0;
        while (attributes.next()) {
            add(attributes.fieldStart(), attributes.start(), attributes.end());
        }
        int before = count;
        firstChanged = count;
        if (clear) {
            remove(THRESHOLD);
        }
        if (randomness != Threshold.NONE) {
            put(RANDOMNESS, NEW_RANDOMNESS);
        }
        if (threshold != Threshold.NONE) {
            put(THRESHOLD, NEW_THRESHOLD);
        }
        cut(patch, firstChanged, before);
        for (int i = firstChanged; i < count; i++) {
            int from = entries[3 * i];
            if (from < 0) {
                write(from, patch);
            } else {
                patch.added().raw(array, from, entries[3 * i + 2] - from);
            }
        }
    }

    /** Takes the attributes of the record from {@code first} to before {@code end} away. */
    private void cut(Patch patch, int first, int end) {
        attributes.rewind();
        for (int i = 0; i < end; i++) {
            attributes.next();
            if (i >= first) {
                patch.cut(attributes.fieldStart(), attributes.end());
            }
        }
    }

    private void remove(byte[] key) {
        int at = indexOf(key);
        if (at >= 0) {
            count--;
            System.arraycopy(entries, 3 * count, entries, 3 * at, 3);
            firstChanged = Math.min(firstChanged, at);
        }
    }

    private void put(byte[] key, int written) {
        int at = indexOf(key);
        if (at < 0) {
            add(written, written, written);
        } else if (!holds(at, digits(written))) {
            Arrays.fill(entries, 3 * at, 3 * at + 3, written);
            firstChanged = Math.min(firstChanged, at);
        }
    }

    private int indexOf(byte[] wanted) {
        for (int i = 0; i < count; i++) {
            int start = entries[3 * i + 1];
            if (start < 0) {
                continue;
            }
            long key = Keys.of(array, start, entries[3 * i + 2]);
            int at = Wire.position(key);
            if (Arrays.equals(array, at, at + Wire.value(key), wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the attribute is a string of the digits that stand in {@link #digits} already. */
    private boolean holds(int entry, int length) {
        long range = Keys.value(array, entries[3 * entry + 1], entries[3 * entry + 2]);
        value.reset(array, Wire.position(range), Wire.position(range) + Wire.value(range));
        int at = value.contentStart();
        return value.kind() == AnyValueView.Kind.STRING
                && Arrays.equals(array, at, at + value.contentLength(), digits, 0, length);
    }

    private void add(int fieldStart, int start, int end) {
        if (3 * count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[3 * count] = fieldStart;
        entries[3 * count + 1] = start;
        entries[3 * count + 2] = end;
        count++;
    }

    private void write(int written, Patch patch) {
        byte[] key = written == NEW_THRESHOLD ? THRESHOLD : RANDOMNESS;
        int length = digits(written);
        var out = patch.added();
        int entry = out.begin(ATTRIBUTES, key.length + length + 6);
        out.bytes(1, key, 0, key.length);
        int any = out.begin(2, length + 2);
        out.bytes(1, digits, 0, length);
        out.end(any);
        out.end(entry);
    }

    /** How many digits there are of what is to be written. */
    private int digits(int written) {
        return written == NEW_THRESHOLD
                ? Threshold.write(threshold, digits, 0)
                : Threshold.writeRandomness(randomness, digits, 0);
    }
}
