package dev.sluice.transport.compression;

/** What the headers of Zstandard frames and blocks say (RFC 8878, 3.1), read before anything is allocated for them. */
final class ZstdFrames {
    private static final int MAGIC = 0xfd2f_b528;
    private static final int SKIPPABLE = 0x184d_2a50;

    /** The least that all decoders must take (RFC 8878, 3.1.1.1.2). */
    private static final long LARGEST_WINDOW = 8 << 20;

    private static final int LARGEST_BLOCK = 128 << 10;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 0x08;
    private static final int CHECKSUM = 0x04;

    private boolean declared;
    private long most;

    /** Reads all headers of the range. Throws if a frame is not whole, or wants more memory than it may. */
    void read(byte[] in, int from, int end) throws BodyException {
        declared = true;
        most = 0;
        int at = from;
        do {
            need(8, at, end);
            int magic = LittleEndian.signed32(in, at);
            if (magic == MAGIC) {
                at = frame(in, at + 4, end);
            } else if ((magic & ~0xf) == SKIPPABLE) {
                long skipped = LittleEndian.unsigned32(in, at + 4);
                need(8 + skipped, at, end);
                at += 8 + (int) skipped;
            } else {
                throw BodyException.malformed("invalid input: magic number mismatch");
            }
        } while (at < end);
    }

    /** Every frame says how much it holds: {@link #most} is exact. */
    boolean declared() {
        return declared;
    }

    /** What all frames hold together; where one does not say it, the most that they can. */
    long most() {
        return most;
    }

    private int frame(byte[] in, int from, int end) throws BodyException {
        int flags = in[from];
        boolean single = (flags & SINGLE_SEGMENT) != 0;
        int dictionary = (1 << (flags & 3)) >> 1;
        int sizeFlag = (flags & 0xff) >>> 6;
        int size = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int at = from + 1;
        need((single ? 0 : 1) + dictionary + size, at, end);
        if ((flags & RESERVED) != 0) {
            throw BodyException.malformed("zstd: unsupported frame");
        }
        long window = LARGEST_BLOCK;
        if (!single) {
            window = window(in[at] & 0xff);
            at++;
        }
        if (window > LARGEST_WINDOW) {
            throw BodyException.malformed("window size exceeded");
        }
        at += dictionary;
        long holds = size == 0 ? -1 : size(in, at, size);
        at += size;
        long before = most;
        at = blocks(in, at, end, (int) Math.min(window, LARGEST_BLOCK));
        if (size > 0) {
            if (holds < 0 || holds > most - before) {
                throw BodyException.malformed("zstd: frame content size is wrong");
            }
            most = before + holds;
        } else {
            declared = false;
        }
        int sum = (flags & CHECKSUM) != 0 ? 4 : 0;
        need(sum, at, end);
        return at + sum;
    }

    /** Adds what the blocks can hold, and answers where they end. */
    private int blocks(byte[] in, int from, int end, int largest) throws BodyException {
        int at = from;
        boolean last;
        do {
            need(3, at, end);
            int header = LittleEndian.unsigned24(in, at);
            at += 3;
            last = (header & 1) != 0;
            int kind = (header >>> 1) & 3;
            int length = header >>> 3;
            if (kind == 3 || length > LARGEST_BLOCK) {
                throw BodyException.malformed("zstd: corrupt block");
            }
            int stored = kind == 1 ? 1 : length;
            need(stored, at, end);
            at += stored;
            most += kind == 2 ? largest : length;
        } while (!last);
        return at;
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >>> 3));
        return base + (base >>> 3) * (descriptor & 7);
    }

    private static long size(byte[] in, int at, int bytes) {
        return switch (bytes) {
            case 1 -> in[at] & 0xff;
            case 2 -> LittleEndian.unsigned16(in, at) + 256;
            case 4 -> LittleEndian.unsigned32(in, at);
            default -> LittleEndian.signed64(in, at);
        };
    }

    private static void need(long bytes, int at, int end) throws BodyException {
        if (bytes > end - at) {
            throw BodyException.truncated();
        }
    }
}
