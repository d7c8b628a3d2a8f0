package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;

/** One snappy block (google/snappy, format_description.txt), as remote write and HTTP bodies have it. */
final class SnappyBlockEncoder implements BodyEncoder {
    private final SnappyFragment fragment = new SnappyFragment();

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput(body.length());
        preamble(body.length(), out);
        for (int i = 0; i < body.sliceCount(); i++) {
            for (int done = 0; done < body.sliceLength(i); done += SnappyFragment.MOST) {
                int part = Math.min(SnappyFragment.MOST, body.sliceLength(i) - done);
                int used = fragment.compress(body.sliceArray(i), body.sliceOffset(i) + done, part);
                out.write(fragment.array(), 0, used);
            }
        }
        return out.toBytes();
    }

    /** The length that a block begins with. */
    static void preamble(int length, ChunkedOutput out) {
        int rest = length;
        while (rest >= 0x80) {
            out.write(rest | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
