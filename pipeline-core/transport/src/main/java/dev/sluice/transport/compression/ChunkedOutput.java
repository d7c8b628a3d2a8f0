package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Gathers output in chunks that become a rope, so that nothing is copied as it grows. */
final class ChunkedOutput extends OutputStream {
    private static final int SMALLEST = 512;
    private static final int LARGEST = 64 * 1024;

    /** Telemetry mostly becomes smaller than a quarter: then one chunk holds all of a body up to 256 KiB. */
    private static final int LIKELY = 4;

    private final List<Bytes> full = new ArrayList<>();
    private byte[] chunk;
    private int used;

    /** For a body of that many bytes, before it is compressed. */
    ChunkedOutput(int body) {
        chunk = new byte[Math.clamp(body / LIKELY, SMALLEST, LARGEST)];
    }

    /** The array to write to, from {@link #position} on; it has room for one byte at least. */
    byte[] chunk() {
        if (used == chunk.length) {
            full.add(Bytes.of(chunk));
            chunk = new byte[chunk.length];
            used = 0;
        }
        return chunk;
    }

    int position() {
        return used;
    }

    int room() {
        return chunk.length - used;
    }

    /** That many bytes were written at {@link #position}. */
    void advance(int written) {
        used += written;
    }

    @Override
    public void write(int value) {
        chunk()[used] = (byte) value;
        used++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            byte[] to = chunk();
            int part = Math.min(left, room());
            System.arraycopy(source, from, to, used, part);
            used += part;
            from += part;
            left -= part;
        }
    }

    void writeIntLe(int value) {
        for (int i = 0; i < 4; i++) {
            write(value >>> (8 * i));
        }
    }

    Bytes toBytes() {
        full.add(Bytes.of(chunk, 0, used));
        return Bytes.concat(full);
    }
}
