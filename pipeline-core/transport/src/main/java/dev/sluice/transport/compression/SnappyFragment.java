package dev.sluice.transport.compression;

import java.util.Arrays;

/**
 * Writes the literals and copies of up to 64 KiB (google/snappy, format_description.txt). Netty's encoder is not used: beyond 64 KiB it
 * writes copies whose distance does not fit (4.2.18).
 */
final class SnappyFragment {
    /** The most that is compressed at a time: every distance then fits into two bytes. */
    static final int MOST = 65_536;

    private static final int HASH_BITS = 14;

    /** As long as a copy by two bytes can be, and from how near. */
    private static final int SHORT_COPY = 11;

    private static final int SHORT_DISTANCE = 2_048;

    private static final int LONG_COPY = 64;

    private final int[] seen = new int[1 << HASH_BITS];
    // Worst case by the format's own bound: 32 + n + n / 6.
    private final byte[] out = new byte[32 + MOST + MOST / 6];
    private int used;

    /** The compressed bytes, in {@link #array} from 0 on; valid until the next call. Answers how many they are. */
    int compress(byte[] in, int offset, int length) {
        used = 0;
        // Clearing a table for 16,384 places would take longer than compressing a small body.
        int bits = Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(length), 8, HASH_BITS);
        Arrays.fill(seen, 0, 1 << bits, -1);
        int end = offset + length;
        int anchor = offset;
        int at = offset;
        while (at + Long.BYTES <= end) {
            int word = LittleEndian.signed32(in, at);
            int slot = (word * 0x9e3779b1) >>> (Integer.SIZE - bits);
            int before = seen[slot];
            seen[slot] = at;
            if (before >= 0 && LittleEndian.signed32(in, before) == word) {
                int match = 4 + Matches.length(in, before + 4, at + 4, end);
                literal(in, anchor, at - anchor);
                copy(at - before, match);
                at += match;
                anchor = at;
            } else {
                // The longer nothing matches, the wider the steps: data that does not compress passes quickly.
                at += 1 + ((at - anchor) >>> 6);
            }
        }
        literal(in, anchor, end - anchor);
        return used;
    }

    byte[] array() {
        return out;
    }

    private void literal(byte[] in, int from, int length) {
        if (length == 0) {
            return;
        }
        int less = length - 1;
        if (less < 60) {
            out[used++] = (byte) (less << 2);
        } else {
            boolean one = less < 256;
            out[used++] = (byte) ((one ? 60 : 61) << 2);
            out[used++] = (byte) less;
            if (!one) {
                out[used++] = (byte) (less >>> 8);
            }
        }
        System.arraycopy(in, from, out, used, length);
        used += length;
    }

    private void copy(int distance, int length) {
        int left = length;
        while (left > LONG_COPY) {
            // What is left over must be a copy again: of 4 bytes at least.
            int part = Math.min(LONG_COPY, left - 4);
            longCopy(distance, part);
            left -= part;
        }
        if (left <= SHORT_COPY && distance < SHORT_DISTANCE) {
            out[used++] = (byte) (((distance >>> 8) << 5) | ((left - 4) << 2) | 1);
            out[used++] = (byte) distance;
        } else {
            longCopy(distance, left);
        }
    }

    private void longCopy(int distance, int length) {
        out[used++] = (byte) (((length - 1) << 2) | 2);
        out[used++] = (byte) distance;
        out[used++] = (byte) (distance >>> 8);
    }
}
