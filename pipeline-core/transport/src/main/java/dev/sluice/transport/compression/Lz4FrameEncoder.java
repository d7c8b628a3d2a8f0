package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.util.Arrays;

/** The LZ4 frame format with independent blocks of 64 KiB (lz4/doc, lz4_Frame_format.md and lz4_Block_format.md). */
final class Lz4FrameEncoder implements BodyEncoder {
    /** Magic; version 1, independent blocks, no checksums; blocks of at most 64 KiB; second byte of xxh32 over the two before. */
    private static final byte[] HEAD = {0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82};

    private static final int BLOCK = 65_536;
    private static final int STORED = 0x8000_0000;
    private static final int HASH_BITS = 12;

    /** The last match must begin 12 bytes before the end, and the last 5 bytes are literals. */
    private static final int MATCH_MARGIN = 12;

    private static final int LITERAL_END = 5;

    private final int[] seen = new int[1 << HASH_BITS];
    private final byte[] block = new byte[BLOCK + BLOCK / 255 + 16];
    private int used;

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput(body.length());
        out.write(HEAD, 0, HEAD.length);
        for (int i = 0; i < body.sliceCount(); i++) {
            byte[] array = body.sliceArray(i);
            for (int done = 0; done < body.sliceLength(i); done += BLOCK) {
                int offset = body.sliceOffset(i) + done;
                int length = Math.min(BLOCK, body.sliceLength(i) - done);
                compress(array, offset, length);
                boolean smaller = used < length;
                out.writeIntLe(smaller ? used : length | STORED);
                out.write(smaller ? block : array, smaller ? 0 : offset, smaller ? used : length);
            }
        }
        out.writeIntLe(0);
        return out.toBytes();
    }

    private void compress(byte[] in, int offset, int length) {
        used = 0;
        Arrays.fill(seen, -1);
        int end = offset + length;
        int anchor = offset;
        int at = offset;
        while (at < end - MATCH_MARGIN) {
            int word = LittleEndian.signed32(in, at);
            int slot = (word * 0x9e3779b1) >>> (32 - HASH_BITS);
            int before = seen[slot];
            seen[slot] = at;
            if (before >= 0 && at - before < BLOCK && LittleEndian.signed32(in, before) == word) {
                int match = 4 + Matches.length(in, before + 4, at + 4, end - LITERAL_END);
                sequence(in, anchor, at - anchor, at - before, match);
                at += match;
                anchor = at;
            } else {
                // The longer nothing matches, the wider the steps: data that does not compress passes quickly.
                at += 1 + ((at - anchor) >>> 6);
            }
        }
        sequence(in, anchor, end - anchor, 0, 4);
    }

    /** Literals and a match behind them; a distance of 0 is the end of the block, which has no match. */
    private void sequence(byte[] in, int from, int literals, int distance, int match) {
        block[used++] = (byte) ((Math.min(literals, 15) << 4) | Math.min(match - 4, 15));
        length(literals);
        System.arraycopy(in, from, block, used, literals);
        used += literals;
        if (distance > 0) {
            block[used++] = (byte) distance;
            block[used++] = (byte) (distance >>> 8);
            length(match - 4);
        }
    }

    private void length(int value) {
        if (value < 15) {
            return;
        }
        int rest = value - 15;
        while (rest >= 255) {
            block[used++] = (byte) 255;
            rest -= 255;
        }
        block[used++] = (byte) rest;
    }
}
