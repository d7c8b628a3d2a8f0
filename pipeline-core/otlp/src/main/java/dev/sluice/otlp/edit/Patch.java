package dev.sluice.otlp.edit;

import dev.sluice.otlp.Wire;
import dev.sluice.otlp.WireAppender;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Changes to one message, given as byte ranges of its array that go away and fields that come to its end. Ranges are whole fields,
 * such as {@link dev.sluice.otlp.view.AttributesView#fieldStart} to {@code fieldEnd}, and do not overlap.
 */
public final class Patch {
    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int start;
    private int end;
    /** Start and end of each cut, in the order of the message. */
    private int[] cuts = new int[16];

    private int cutCount;
    private int cutBytes;
    private final WireAppender added = new WireAppender(256);

    Patch() {}

    void reset(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
        cutCount = 0;
        cutBytes = 0;
        added.truncate(0);
    }

    boolean isEmpty() {
        return cutCount == 0 && added.length() == 0;
    }

    /** Drops the bytes. Throws {@link IllegalArgumentException} if they are not the message's or cut already. */
    public void cut(int from, int to) {
        if (from < start || to > end || from >= to) {
            throw new IllegalArgumentException("a cut outside the message");
        }
        if (2 * cutCount == cuts.length) {
            cuts = Arrays.copyOf(cuts, 2 * cuts.length);
        }
        int at = 2 * cutCount;
        while (at > 0 && cuts[at - 2] >= from) {
            cuts[at] = cuts[at - 2];
            cuts[at + 1] = cuts[at - 1];
            at -= 2;
        }
        cuts[at] = from;
        cuts[at + 1] = to;
        cutCount++;
        cutBytes += to - from;
        boolean overlaps = (at > 0 && cuts[at - 1] > from) || (at + 2 < 2 * cutCount && cuts[at + 2] < to);
        if (overlaps) {
            throw new IllegalArgumentException("a cut that overlaps another");
        }
    }

    /** Drops every field of this number. */
    public void remove(int field) {
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int next = Wire.skip(array, Wire.position(prefix), end, tag);
            if ((tag >>> 3) == field) {
                cut(at, next);
            }
            at = next;
        }
    }

    /** Puts a string or bytes in place of what the field held; an empty one only removes. */
    public void set(int field, byte[] value, int offset, int length) {
        remove(field);
        if (length > 0) {
            added.bytes(field, value, offset, length);
        }
    }

    public void set(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        set(field, utf8, 0, utf8.length);
    }

    /** Puts a varint (an enum, a count) in place of what the field held. */
    public void set(int field, long value) {
        remove(field);
        if (value != 0) {
            added.varint(field, value);
        }
    }

    /** The end of the message: fields written here come behind what the message has. */
    public WireAppender added() {
        return added;
    }

    /** Adds an attribute; one with the same key is left, see {@link #cut}. */
    public void attribute(int field, String key, String value) {
        int entry = beginAttribute(field, key);
        int any = added.begin(2, value.length() + 2);
        added.string(1, value);
        added.end(any);
        added.end(entry);
    }

    public void attribute(int field, String key, long value) {
        int entry = beginAttribute(field, key);
        int any = added.begin(2, 2);
        added.varint(3, value);
        added.end(any);
        added.end(entry);
    }

    public void attribute(int field, String key, double value) {
        int entry = beginAttribute(field, key);
        int any = added.begin(2, 2);
        added.decimal(4, value);
        added.end(any);
        added.end(entry);
    }

    public void attribute(int field, String key, boolean value) {
        int entry = beginAttribute(field, key);
        int any = added.begin(2, 2);
        added.varint(2, value ? 1 : 0);
        added.end(any);
        added.end(entry);
    }

    /** Writes the changed message, without tag and length. */
    void writeTo(WireAppender out) {
        int from = start;
        for (int i = 0; i < cutCount; i++) {
            out.raw(array, from, cuts[2 * i] - from);
            from = cuts[2 * i + 1];
        }
        out.raw(array, from, end - from);
        added.copyTo(out);
    }

    /** The size of the changed message. */
    int size() {
        return end - start - cutBytes + added.length();
    }

    private int beginAttribute(int field, String key) {
        int entry = added.begin(field, 64);
        added.string(1, key);
        return entry;
    }
}
