package dev.sluice.transport.compression;

/** The LZ4 frame format (lz4/doc, lz4_Frame_format.md), with its checksums: one frame or several, and skippable ones. */
final class Lz4FrameDecoder implements BodyDecoder {
    private static final int MAGIC = 0x184d_2204;

    /** Sixteen magic numbers, the same as zstd's. */
    private static final int SKIPPABLE = 0x184d_2a50;

    private static final int VERSION = 0x40;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_SUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_SUM = 0x04;
    private static final int DICTIONARY = 0x01;

    private static final int STORED = 0x8000_0000;

    private final Lz4Block block = new Lz4Block();

    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        int end = offset + length;
        int at = offset;
        do {
            need(4, at, end);
            int magic = LittleEndian.signed32(in, at);
            if (magic == MAGIC) {
                at = frame(in, at + 4, end, out);
            } else if ((magic & ~0xf) == SKIPPABLE) {
                need(8, at, end);
                long skipped = LittleEndian.unsigned32(in, at + 4);
                need(8 + skipped, at, end);
                at += 8 + (int) skipped;
            } else {
                throw BodyException.malformed("lz4: bad magic number");
            }
        } while (at < end);
    }

    /** Reads one from behind its magic number and answers where the next one begins. */
    private int frame(byte[] in, int from, int end, BodyOutput out) throws BodyException {
        need(3, from, end);
        int flags = in[from] & 0xff;
        int largest = largest(in[from + 1] & 0xff);
        if ((flags & 0xc2) != VERSION || (flags & DICTIONARY) != 0 || largest == 0) {
            throw BodyException.malformed("lz4: unsupported frame");
        }
        boolean sized = (flags & CONTENT_SIZE) != 0;
        int head = sized ? 10 : 2;
        need(head + 1, from, end);
        if ((byte) (XxHash32.of(in, from, head) >>> 8) != in[from + head]) {
            throw BodyException.malformed("lz4: invalid header checksum");
        }
        if (sized) {
            size(LittleEndian.signed64(in, from + 2), out);
        }
        int start = out.position();
        int at = blocks(in, from + head + 1, end, flags, largest, out);
        int made = out.position() - start;
        if (sized && made != LittleEndian.signed64(in, from + 2)) {
            throw BodyException.malformed("lz4: invalid content size");
        }
        if ((flags & CONTENT_SUM) == 0) {
            return at;
        }
        need(4, at, end);
        if (XxHash32.of(out.array(), start, made) != LittleEndian.signed32(in, at)) {
            throw BodyException.malformed("lz4: invalid content checksum");
        }
        return at + 4;
    }

    private static void size(long declared, BodyOutput out) throws BodyException {
        if (declared < 0 || !out.fits(declared)) {
            throw BodyException.tooLarge();
        }
        out.about(declared);
    }

    private int blocks(byte[] in, int from, int end, int flags, int largest, BodyOutput out) throws BodyException {
        int frame = out.position();
        int at = from;
        while (true) {
            need(4, at, end);
            int word = LittleEndian.signed32(in, at);
            at += 4;
            if (word == 0) {
                return at;
            }
            int length = word & ~STORED;
            if (length > largest) {
                throw BodyException.malformed("lz4: invalid block size");
            }
            int sum = (flags & BLOCK_SUMS) != 0 ? 4 : 0;
            need((long) length + sum, at, end);
            if (sum > 0 && XxHash32.of(in, at, length) != LittleEndian.signed32(in, at + length)) {
                throw BodyException.malformed("lz4: invalid block checksum");
            }
            if (word < 0) {
                out.write(in, at, length);
            } else {
                block.decode(in, at, at + length, largest, (flags & INDEPENDENT) != 0 ? out.position() : frame, out);
            }
            at += length + sum;
        }
    }

    /** The most that a block may hold, from the byte that says so; 0 if it says nothing known. */
    private static int largest(int descriptor) {
        return switch (descriptor) {
            case 0x40 -> 64 << 10;
            case 0x50 -> 256 << 10;
            case 0x60 -> 1 << 20;
            case 0x70 -> 4 << 20;
            default -> 0;
        };
    }

    private static void need(long bytes, int at, int end) throws BodyException {
        if (bytes > end - at) {
            throw BodyException.truncated();
        }
    }
}
