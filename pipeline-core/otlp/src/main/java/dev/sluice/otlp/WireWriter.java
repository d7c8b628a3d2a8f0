package dev.sluice.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes messages from their end to their start, so that the length of a message is known when it is due and no pass over the data
 * is needed to learn it: write the last field first, and what a message holds before the message.
 *
 * <pre>{@code
 * int span = writer.mark();
 * writer.string(5, "GET");          // later fields first
 * writer.bytes(1, traceId, 0, 16);
 * writer.message(2, span);          // everything since the mark is field 2
 * }</pre>
 *
 * Reusable through {@link #clear}; for one thread at a time.
 */
public final class WireWriter {
    private static final int MAX_TAG_BYTES = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] buffer;
    /** What has been written lies from here to the buffer's end. */
    private int start;

    public WireWriter() {
        this(512);
    }

    public WireWriter(int capacity) {
        this.buffer = new byte[Math.max(capacity, 16)];
        this.start = buffer.length;
    }

    /** How much has been written, as a mark for {@link #message}. */
    public int mark() {
        return buffer.length - start;
    }

    public int length() {
        return buffer.length - start;
    }

    public void clear() {
        start = buffer.length;
    }

    /** Puts tag and length before what was written since the mark. */
    public void message(int field, int mark) {
        int length = mark() - mark;
        room(MAX_TAG_BYTES + MAX_TAG_BYTES);
        varint(length);
        tag(field, Wire.LEN);
    }

    public void varint(int field, long value) {
        room(MAX_TAG_BYTES + MAX_VARINT_BYTES);
        varint(value);
        tag(field, Wire.VARINT);
    }

    /** An sint32 or sint64. */
    public void zigzag(int field, long value) {
        varint(field, value << 1 ^ value >> 63);
    }

    public void fixed64(int field, long value) {
        room(MAX_TAG_BYTES + Long.BYTES);
        start -= Long.BYTES;
        Wire.putFixed64(buffer, start, value);
        tag(field, Wire.FIXED64);
    }

    public void decimal(int field, double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    public void fixed32(int field, int value) {
        room(MAX_TAG_BYTES + Integer.BYTES);
        start -= Integer.BYTES;
        Wire.putFixed32(buffer, start, value);
        tag(field, Wire.FIXED32);
    }

    public void bytes(int field, byte[] array, int offset, int length) {
        int mark = mark();
        raw(array, offset, length);
        message(field, mark);
    }

    public void bytes(int field, byte[] array) {
        bytes(field, array, 0, array.length);
    }

    public void string(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Whole fields as they are, such as those of another request. */
    public void raw(byte[] array, int offset, int length) {
        room(length);
        start -= length;
        System.arraycopy(array, offset, buffer, start, length);
    }

    /** A KeyValue with a string, the commonest attribute. */
    public void attribute(int field, String key, String value) {
        int mark = mark();
        int inner = mark();
        string(1, value);
        message(2, inner);
        string(1, key);
        message(field, mark);
    }

    /** A KeyValue with an integer. */
    public void attribute(int field, String key, long value) {
        int mark = mark();
        int inner = mark();
        varint(3, value);
        message(2, inner);
        string(1, key);
        message(field, mark);
    }

    /** A copy of what was written; the writer may be cleared and used again. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }

    /** A copy of what was written; the writer may be cleared and used again. */
    public Bytes toBytes() {
        return Bytes.of(toByteArray());
    }

    private void tag(int field, int wireType) {
        varint(Integer.toUnsignedLong(Wire.tag(field, wireType)));
    }

    private void varint(long value) {
        start -= Wire.varintSize(value);
        Wire.putVarint(buffer, start, value);
    }

    private void room(int more) {
        if (more > start) {
            grow(more);
        }
    }

    private void grow(int more) {
        int length = mark();
        int least = Math.addExact(length, more);
        byte[] larger = new byte[Math.max(least, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8))];
        System.arraycopy(buffer, start, larger, larger.length - length, length);
        start = larger.length - length;
        buffer = larger;
    }
}
