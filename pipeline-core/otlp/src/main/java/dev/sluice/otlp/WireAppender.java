package dev.sluice.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes messages from their start to their end, for content that comes in that order. The length of a message is put in when it
 * ends; where it needs more or fewer bytes than were guessed, the message moves by the difference. For one thread at a time.
 */
public final class WireAppender {
    private static final int MAX_TAG_BYTES = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] buffer;
    private int length;

    public WireAppender(int capacity) {
        this.buffer = new byte[Math.max(capacity, 16)];
    }

    public int length() {
        return length;
    }

    /** Forgets what was written behind {@code length}. */
    public void truncate(int length) {
        this.length = length;
    }

    /** Starts a message of about {@code expectedLength} bytes; the result is for {@link #end}. */
    public int begin(int field, int expectedLength) {
        int width = Wire.varintSize(expectedLength);
        room(MAX_TAG_BYTES + width);
        tag(field, Wire.LEN);
        length += width;
        buffer[length - 1] = (byte) width;
        return length;
    }

    /** Ends the message that started at {@code mark}; messages within it have ended before. */
    public void end(int mark) {
        int width = buffer[mark - 1];
        int size = length - mark;
        int needed = Wire.varintSize(size);
        if (needed != width) {
            room(needed);
            System.arraycopy(buffer, mark, buffer, mark - width + needed, size);
            length += needed - width;
        }
        Wire.putVarint(buffer, mark - width, size);
    }

    /** Bytes as they are, such as whole fields of another request. */
    public void raw(byte[] array, int offset, int count) {
        room(count);
        System.arraycopy(array, offset, buffer, length, count);
        length += count;
    }

    public void varint(int field, long value) {
        room(MAX_TAG_BYTES + MAX_VARINT_BYTES);
        tag(field, Wire.VARINT);
        length = Wire.putVarint(buffer, length, value);
    }

    /** An sint32 or sint64. */
    public void zigzag(int field, long value) {
        varint(field, value << 1 ^ value >> 63);
    }

    /** A varint without a tag, as in a packed field. */
    public void plainVarint(long value) {
        room(MAX_VARINT_BYTES);
        length = Wire.putVarint(buffer, length, value);
    }

    public void fixed64(int field, long value) {
        room(MAX_TAG_BYTES);
        tag(field, Wire.FIXED64);
        plainFixed64(value);
    }

    /** A fixed64 without a tag, as in a packed field. */
    public void plainFixed64(long value) {
        room(Long.BYTES);
        Wire.putFixed64(buffer, length, value);
        length += Long.BYTES;
    }

    public void decimal(int field, double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    public void fixed32(int field, int value) {
        room(MAX_TAG_BYTES + Integer.BYTES);
        tag(field, Wire.FIXED32);
        Wire.putFixed32(buffer, length, value);
        length += Integer.BYTES;
    }

    public void bytes(int field, byte[] array, int offset, int count) {
        room(MAX_TAG_BYTES + MAX_TAG_BYTES);
        tag(field, Wire.LEN);
        length = Wire.putVarint(buffer, length, count);
        raw(array, offset, count);
    }

    public void string(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(field, utf8, 0, utf8.length);
    }

    public void tag(int field, int wireType) {
        room(MAX_TAG_BYTES);
        length = Wire.putVarint(buffer, length, Integer.toUnsignedLong(Wire.tag(field, wireType)));
    }

    /** Puts all that was written here behind what was written there. */
    public void copyTo(WireAppender other) {
        other.raw(buffer, 0, length);
    }

    /** Makes room at once where the size is known. */
    public void ensureCapacity(int capacity) {
        if (capacity > buffer.length) {
            buffer = Arrays.copyOf(buffer, capacity);
        }
    }

    /** What was written, not copied: as it is until something else is written here, or it is forgotten. */
    public Bytes view() {
        return Bytes.of(buffer, 0, length);
    }

    /** The bytes that there is room for before the buffer has to grow. */
    public int capacity() {
        return buffer.length;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** A copy of what was written. */
    public Bytes toBytes() {
        return length == 0 ? Bytes.EMPTY : Bytes.of(toByteArray());
    }

    private void room(int more) {
        if (more > buffer.length - length) {
            int least = Math.addExact(length, more);
            buffer = Arrays.copyOf(buffer, Math.max(least, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
        }
    }
}
