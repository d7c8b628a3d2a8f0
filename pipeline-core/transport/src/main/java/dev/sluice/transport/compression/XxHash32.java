package dev.sluice.transport.compression;

/** xxHash, 32 bits, seed 0 (Cyan4973/xxHash, doc/xxhash_spec.md). */
final class XxHash32 {
    private static final int PRIME_1 = 0x9e3779b1;
    private static final int PRIME_2 = 0x85ebca77;
    private static final int PRIME_3 = 0xc2b2ae3d;
    private static final int PRIME_4 = 0x27d4eb2f;
    private static final int PRIME_5 = 0x165667b1;

    /** The sum of the first two, which wraps around. */
    private static final int LANE_1 = 0x24234428;

    /** Four lanes of four bytes. */
    private static final int STRIPE = 16;

    private XxHash32() {}

    static int of(byte[] in, int offset, int length) {
        int at = offset;
        int end = offset + length;
        int hash = length >= STRIPE ? stripes(in, at, end) : PRIME_5;
        at += length / STRIPE * STRIPE;
        hash += length;
        for (; at + 4 <= end; at += 4) {
            hash = Integer.rotateLeft(hash + LittleEndian.signed32(in, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < end; at++) {
            hash = Integer.rotateLeft(hash + (in[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ (hash >>> 15)) * PRIME_2;
        hash = (hash ^ (hash >>> 13)) * PRIME_3;
        return hash ^ (hash >>> 16);
    }

    private static int stripes(byte[] in, int from, int end) {
        int a = LANE_1;
        int b = PRIME_2;
        int c = 0;
        int d = -PRIME_1;
        for (int at = from; at + STRIPE <= end; at += STRIPE) {
            a = round(a, LittleEndian.signed32(in, at));
            b = round(b, LittleEndian.signed32(in, at + 4));
            c = round(c, LittleEndian.signed32(in, at + 8));
            d = round(d, LittleEndian.signed32(in, at + 12));
        }
        return Integer.rotateLeft(a, 1)
                + Integer.rotateLeft(b, 7)
                + Integer.rotateLeft(c, 12)
                + Integer.rotateLeft(d, 18);
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
    }
}
