package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Gathers output in chunks that become a rope, so that nothing is copied as it grows. */
final class ChunkedOutput extends OutputStream {
    private static final int FIRST = 4 * 1024;
    private static final int LARGEST = 64 * 1024;

    private final List<Bytes> full = new ArrayList<>();
    private byte[] chunk = new byte[FIRST];
    private int used;

    /** The array to write to, from {@link #position} on; it has room for one byte at least. */
    byte[] chunk() {
        if (used == chunk.length) {
            full.add(Bytes.of(chunk));
            chunk = new byte[Math.min(LARGEST, 4 * chunk.length)];
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
