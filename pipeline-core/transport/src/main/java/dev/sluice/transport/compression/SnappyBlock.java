package dev.sluice.transport.compression;

/** Reads one snappy block (google/snappy, format_description.txt): a length, then literals and copies. */
final class SnappyBlock {
    /** A copy of three bytes makes at most 64: nothing is denser. */
    private static final int DENSEST = 22;

    /** What the length's own encoding needs at most. */
    private static final int LENGTH_BYTES = 5;

    private SnappyBlock() {}

    /** The length that it declares, below 4 GiB. */
    static long length(byte[] in, int offset, int end) throws BodyException {
        long value = 0;
        for (int i = 0; i < LENGTH_BYTES && offset + i < end; i++) {
            int part = in[offset + i];
            value |= (long) (part & 0x7f) << (7 * i);
            if (part >= 0) {
                if (value > 0xffff_ffffL) {
                    throw corrupt();
                }
                return value;
            }
        }
        throw offset + LENGTH_BYTES <= end ? corrupt() : BodyException.truncated();
    }

    /** A block of so many bytes can hold that much. */
    static boolean possible(long length, int compressed) {
        return length <= (long) DENSEST * compressed;
    }

    /** Writes exactly the declared length, for which there is room. */
    static void decode(byte[] in, int offset, int end, byte[] out, int start) throws BodyException {
        long declared = length(in, offset, end);
        int from = offset;
        while (in[from++] < 0) {
            // the length again
        }
        int to = start;
        int stop = start + (int) declared;
        while (from < end) {
            int tag = in[from++] & 0xff;
            int kind = tag & 3;
            if (kind == 0) {
                int length = tag >>> 2;
                if (length >= 60) {
                    int bytes = length - 59;
                    if (end - from < bytes) {
                        throw BodyException.truncated();
                    }
                    length = number(in, from, bytes);
                    from += bytes;
                }
                length++;
                if (length <= 0 || length > stop - to) {
                    throw corrupt();
                }
                if (length > end - from) {
                    throw BodyException.truncated();
                }
                System.arraycopy(in, from, out, to, length);
                from += length;
                to += length;
            } else {
                int bytes = kind == 3 ? 4 : kind;
                if (end - from < bytes) {
                    throw BodyException.truncated();
                }
                int length = kind == 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
                int distance = kind == 1 ? ((tag & 0xe0) << 3) | (in[from] & 0xff) : number(in, from, bytes);
                from += bytes;
                if (distance <= 0 || distance > to - start || length > stop - to) {
                    throw corrupt();
                }
                Matches.copy(out, to, distance, length);
                to += length;
            }
        }
        if (to != stop) {
            throw BodyException.truncated();
        }
    }

    static BodyException corrupt() {
        return BodyException.malformed("snappy: corrupt input");
    }

    private static int number(byte[] in, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
