package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.util.zip.CRC32C;

/** Snappy's framed format (google/snappy, framing_format.txt). */
final class SnappyFrameEncoder implements BodyEncoder {
    private static final byte[] HEAD = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

    private final SnappyFragment fragment = new SnappyFragment();
    private final CRC32C crc = new CRC32C();

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput(body.length());
        out.write(HEAD, 0, HEAD.length);
        for (int i = 0; i < body.sliceCount(); i++) {
            for (int done = 0; done < body.sliceLength(i); done += SnappyFragment.MOST) {
                int length = Math.min(SnappyFragment.MOST, body.sliceLength(i) - done);
                chunk(body.sliceArray(i), body.sliceOffset(i) + done, length, out);
            }
        }
        return out.toBytes();
    }

    /** The checksum as the format stores it. */
    static int masked(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** A chunk: its kind and length, the checksum, a block or, where that is no smaller, the bytes themselves. */
    private void chunk(byte[] array, int offset, int length, ChunkedOutput out) {
        int used = fragment.compress(array, offset, length);
        int preamble = length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
        boolean smaller = preamble + used < length;
        int stored = 4 + (smaller ? preamble + used : length);
        out.writeIntLe((stored << 8) | (smaller ? 0 : 1));
        crc.reset();
        crc.update(array, offset, length);
        out.writeIntLe(masked(crc));
        if (smaller) {
            SnappyBlockEncoder.preamble(length, out);
            out.write(fragment.array(), 0, used);
        } else {
            out.write(array, offset, length);
        }
    }
}
