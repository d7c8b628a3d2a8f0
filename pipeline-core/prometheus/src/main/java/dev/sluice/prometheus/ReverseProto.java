package dev.sluice.prometheus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a protobuf message from its end to its beginning, so that the length of each nested message is known when it is due. Fields
 * are put in the reverse of the order wanted.
 */
final class ReverseProto {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;

    private byte[] buffer = new byte[4096];
    private ByteBuffer view = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    /** Everything from here on is written. */
    private int start = buffer.length;

    /** Bytes written: the mark to be handed to {@link #message} when everything inside has been put. */
    int mark() {
        return buffer.length - start;
    }

    void moveTo(Output out) {
        out.put(buffer, start, buffer.length - start);
        start = buffer.length;
    }

    void int64(int field, long value) {
        varint(value);
        tag(field, VARINT);
    }

    /** A {@code sint32} or {@code sint64}. */
    void signed(int field, long value) {
        int64(field, zigzag(value));
    }

    void float64(int field, double value) {
        start = room(8);
        view.putLong(start, Double.doubleToRawLongBits(value));
        tag(field, FIXED64);
    }

    void string(int field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        start = room(utf8.length);
        System.arraycopy(utf8, 0, buffer, start, utf8.length);
        varint(utf8.length);
        tag(field, LENGTH);
    }

    /** Makes a nested message of what was put since the mark. */
    void message(int field, int mark) {
        varint(mark() - mark);
        tag(field, LENGTH);
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        int size = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
        start = room(size);
        long rest = value;
        for (int i = 0; i < size - 1; i++) {
            buffer[start + i] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[start + size - 1] = (byte) rest;
    }

    /** The new start, after making sure that the bytes fit before the old one. */
    private int room(int bytes) {
        if (bytes > start) {
            int used = buffer.length - start;
            int size = Math.max(2 * buffer.length, used + bytes);
            byte[] larger = new byte[size];
            System.arraycopy(buffer, start, larger, size - used, used);
            buffer = larger;
            view = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
            start = size - used;
        }
        return start - bytes;
    }
}
