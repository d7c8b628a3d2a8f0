package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** gzip (RFC 1952) and zlib (RFC 1950), slice by slice. */
final class DeflateEncoder implements BodyEncoder {
    /** Magic, method deflate, no flags, no time, fastest algorithm, unknown system. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private final boolean gzip;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    /** {@code level} 1 to 9; 0 and -1 for the default 1, -2 for Huffman codes only. */
    DeflateEncoder(int level, boolean gzip) {
        this.gzip = gzip;
        this.deflater = new Deflater(Math.max(1, level), gzip);
        if (level == -2) {
            deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        }
    }

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput(body.length());
        if (gzip) {
            out.write(HEAD, 0, HEAD.length);
            crc.reset();
        }
        deflater.reset();
        for (int i = 0; i < body.sliceCount(); i++) {
            byte[] array = body.sliceArray(i);
            int offset = body.sliceOffset(i);
            int length = body.sliceLength(i);
            if (gzip) {
                crc.update(array, offset, length);
            }
            deflater.setInput(array, offset, length);
            while (!deflater.needsInput()) {
                step(out);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            step(out);
        }
        if (gzip) {
            out.writeIntLe((int) crc.getValue());
            out.writeIntLe(body.length());
        }
        return out.toBytes();
    }

    @Override
    public void close() {
        deflater.end();
    }

    private void step(ChunkedOutput out) {
        byte[] chunk = out.chunk();
        out.advance(deflater.deflate(chunk, out.position(), out.room()));
    }
}
