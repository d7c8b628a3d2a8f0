package dev.sluice.promql.series;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 64-bit hash that Prometheus has for a set of labels, for {@code limit_ratio} to keep the same series and for groups of
 * rules to be evaluated at the same times: xxHash64 over each text behind its
 * length. Sources: the xxHash specification (github.com/Cyan4973/xxHash, doc/xxhash_spec.md); prometheus model/labels (stringlabels).
 */
public final class LabelsHash {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    /** P1 + P2 in 64 bits. */
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;

    /** Lengths from here on take four bytes. */
    private static final int LONG_TEXT = 255;

    private LabelsHash() {}

    public static long hash(Labels labels) {
        return xxHash64(encode(labels));
    }

    /** The hash as a share of all hashes, from 0 to 1. */
    public static double share(Labels labels) {
        long hash = hash(labels);
        double unsigned = hash >= 0 ? hash : ((hash >>> 1) | (hash & 1)) * 2.0;
        return unsigned / 0x1p64;
    }

    private static byte[] encode(Labels labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : labels.pairs()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < LONG_TEXT) {
                out.write(bytes.length);
            } else {
                out.write(LONG_TEXT);
                out.write(bytes.length);
                out.write(bytes.length >> 8);
                out.write(bytes.length >> 16);
            }
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    static long xxHash64(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash;
        if (bytes.length >= 32) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            while (in.remaining() >= 32) {
                a = round(a, in.getLong());
                b = round(b, in.getLong());
                c = round(c, in.getLong());
                d = round(d, in.getLong());
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = P5;
        }
        hash += bytes.length;
        while (in.remaining() >= 8) {
            hash = Long.rotateLeft(hash ^ round(0, in.getLong()), 27) * P1 + P4;
        }
        if (in.remaining() >= 4) {
            hash = Long.rotateLeft(hash ^ (in.getInt() & 0xffffffffL) * P1, 23) * P2 + P3;
        }
        while (in.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ (in.get() & 0xff) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }
}
