package dev.sluice.processors.probabilisticsampler;

import java.nio.charset.StandardCharsets;

/**
 * FNV-1a of 32 bits over a seed and some bytes, and the randomness that the Collector makes of it.
 *
 * <p>Source: draft-eastlake-fnv, "The FNV Non-Cryptographic Hash Algorithm".
 */
final class Hash {
    /** For no hash. */
    static final long NONE = -1;

    static final int BUCKET_BITS = 14;
    static final int BUCKETS = 1 << BUCKET_BITS;

    private static final int BASIS = 0x811C9DC5;
    private static final int PRIME = 0x01000193;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /** The hash of the seed, from which each hash goes on. */
    private final int seeded;

    Hash(int seed) {
        int hash = BASIS;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (seed >>> shift & 0xFF)) * PRIME;
        }
        this.seeded = hash;
    }

    /** 32 bits, unsigned. */
    long of(byte[] array, int start, int end) {
        int hash = seeded;
        for (int i = start; i < end; i++) {
            hash = (hash ^ (array[i] & 0xFF)) * PRIME;
        }
        return hash & UNSIGNED;
    }

    /** The same of the text's UTF-8. */
    long of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return of(utf8, 0, utf8.length);
    }

    /** 56 bits: the low 14 of the hash, turned round, decide; the others fill the rest. */
    static long randomness(long hash) {
        long bucket = hash & (BUCKETS - 1);
        long rest = hash >>> (Integer.SIZE - BUCKET_BITS);
        long mixed = rest ^ rest << 10;
        return (BUCKETS - 1 - bucket) << (3 * BUCKET_BITS) | mixed << BUCKET_BITS | bucket;
    }
}
