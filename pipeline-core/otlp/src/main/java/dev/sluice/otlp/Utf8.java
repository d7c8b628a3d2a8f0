package dev.sluice.otlp;

/**
 * Whether bytes are UTF-8, eight at a time while they are ASCII. Overlong forms, surrogates and code points beyond U+10FFFF are
 * refused (Unicode standard, table 3-7).
 */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Throws {@link MalformedOtlpException} if the bytes from {@code start} to {@code end}, which lie in the array, are not UTF-8. */
    static void check(byte[] array, int start, int end) {
        int length = end - start;
        if (length < Long.BYTES) {
            if (length > 0) {
                checkShort(array, start, end);
            }
            return;
        }
        int last = end - Long.BYTES;
        int at = start;
        while (at < last) {
            if ((Wire.fixed64(array, at) & HIGH_BITS) != 0) {
                checkAny(array, at, end);
                return;
            }
            at += Long.BYTES;
        }
        // The last eight bytes overlap what has been seen, which saves a loop over the rest.
        if ((Wire.fixed64(array, last) & HIGH_BITS) != 0) {
            checkAny(array, at, end);
        }
    }

    /** Whether the at least eight bytes from {@code start} to {@code end} are all ASCII. */
    static boolean isAscii(byte[] array, int start, int end) {
        int last = end - Long.BYTES;
        long bits = Wire.fixed64(array, last);
        for (int at = start; at < last; at += Long.BYTES) {
            bits |= Wire.fixed64(array, at);
        }
        return (bits & HIGH_BITS) == 0;
    }

    private static void checkShort(byte[] array, int start, int end) {
        if (start + Long.BYTES <= array.length) {
            // Reads beyond the string but inside the array, and ignores what is not the string's.
            long mask = HIGH_BITS >>> (Long.SIZE - Byte.SIZE * (end - start));
            if ((Wire.fixed64(array, start) & mask) == 0) {
                return;
            }
        }
        checkAny(array, start, end);
    }

    private static void checkAny(byte[] array, int start, int end) {
        int at = start;
        while (at < end) {
            int lead = array[at++];
            if (lead >= 0) {
                continue;
            }
            int more;
            int least = 0x80;
            int most = 0xBF;
            lead &= 0xFF;
            if (lead < 0xC2) {
                throw invalid();
            } else if (lead < 0xE0) {
                more = 1;
            } else if (lead < 0xF0) {
                more = 2;
                least = lead == 0xE0 ? 0xA0 : least;
                most = lead == 0xED ? 0x9F : most;
            } else if (lead < 0xF5) {
                more = 3;
                least = lead == 0xF0 ? 0x90 : least;
                most = lead == 0xF4 ? 0x8F : most;
            } else {
                throw invalid();
            }
            if (more > end - at) {
                throw invalid();
            }
            int second = array[at++] & 0xFF;
            if (second < least || second > most) {
                throw invalid();
            }
            while (--more > 0) {
                if ((array[at++] & 0xC0) != 0x80) {
                    throw invalid();
                }
            }
        }
    }

    private static MalformedOtlpException invalid() {
        return new MalformedOtlpException("a string is not UTF-8");
    }
}
