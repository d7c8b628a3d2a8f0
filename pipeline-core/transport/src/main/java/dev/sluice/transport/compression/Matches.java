package dev.sluice.transport.compression;

/** Repetitions, as snappy and LZ4 have them. */
final class Matches {
    private Matches() {}

    /** For how many bytes the two places hold the same; {@code later} is the one that must stay before {@code end}. */
    static int length(byte[] in, int earlier, int later, int end) {
        int at = later;
        int distance = later - earlier;
        while (at + Long.BYTES <= end) {
            long differ = LittleEndian.signed64(in, at) ^ LittleEndian.signed64(in, at - distance);
            if (differ != 0) {
                return at - later + (Long.numberOfTrailingZeros(differ) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && in[at] == in[at - distance]) {
            at++;
        }
        return at - later;
    }

    /** Repeats {@code length} bytes from {@code distance} before; the two may overlap, then the pattern goes on. */
    static void copy(byte[] array, int to, int distance, int length) {
        if (distance >= length) {
            System.arraycopy(array, to - distance, array, to, length);
            return;
        }
        int done = 0;
        int step = distance;
        while (done < length) {
            // What has been repeated doubles the pattern.
            int part = Math.min(step, length - done);
            System.arraycopy(array, to - distance, array, to + done, part);
            done += part;
            step += part;
        }
    }
}
