package dev.sluice.transport.compression;

import java.util.zip.CRC32C;

/** Snappy's framed format (google/snappy, framing_format.txt), with its checksums. */
final class SnappyFrameDecoder implements BodyDecoder {
    private static final int COMPRESSED = 0;
    private static final int STORED = 1;
    private static final int FIRST_SKIPPABLE = 0x80;
    private static final int IDENTIFIER = 0xff;
    private static final byte[] NAME = {'s', 'N', 'a', 'P', 'p', 'Y'};

    /** Of a chunk: its kind and length; the checksum of its content. */
    private static final int HEAD = 4;

    private static final int SUM = 4;

    /** The most that a chunk may hold. */
    private static final int MOST = 65_536;

    private final CRC32C crc = new CRC32C();

    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        int end = offset + length;
        out.exactly(total(in, offset, end));
        for (int at = offset; at < end; at = next(in, at, end)) {
            int kind = in[at] & 0xff;
            if (kind == COMPRESSED || kind == STORED) {
                chunk(in, at, next(in, at, end), out);
            }
        }
    }

    /** What all chunks hold by their own words; throws if one is not as it should be. */
    private static long total(byte[] in, int offset, int end) throws BodyException {
        if (offset == end) {
            throw BodyException.truncated();
        }
        if ((in[offset] & 0xff) != IDENTIFIER) {
            throw SnappyBlock.corrupt();
        }
        long total = 0;
        for (int at = offset; at < end; at = next(in, at, end)) {
            int next = next(in, at, end);
            int kind = in[at] & 0xff;
            if (kind == COMPRESSED || kind == STORED) {
                total += held(in, at, next);
            } else if (kind == IDENTIFIER) {
                identify(in, at + HEAD, next);
            } else if (kind < FIRST_SKIPPABLE) {
                throw BodyException.malformed("snappy: unsupported input");
            }
        }
        return total;
    }

    /** Where the chunk ends. */
    private static int next(byte[] in, int at, int end) throws BodyException {
        if (end - at < HEAD) {
            throw BodyException.truncated();
        }
        int length = LittleEndian.unsigned24(in, at + 1);
        if (length > end - at - HEAD) {
            throw BodyException.truncated();
        }
        return at + HEAD + length;
    }

    private static long held(byte[] in, int at, int next) throws BodyException {
        int from = at + HEAD + SUM;
        if (from > next) {
            throw SnappyBlock.corrupt();
        }
        long held = in[at] == STORED ? next - from : SnappyBlock.length(in, from, next);
        if (held > MOST || (in[at] == COMPRESSED && !SnappyBlock.possible(held, next - from))) {
            throw SnappyBlock.corrupt();
        }
        return held;
    }

    private static void identify(byte[] in, int from, int next) throws BodyException {
        if (!java.util.Arrays.equals(in, from, next, NAME, 0, NAME.length)) {
            throw SnappyBlock.corrupt();
        }
    }

    private void chunk(byte[] in, int at, int next, BodyOutput out) throws BodyException {
        int from = at + HEAD + SUM;
        int held = (int) held(in, at, next);
        if (in[at] == STORED) {
            System.arraycopy(in, from, out.array(), out.position(), held);
        } else {
            SnappyBlock.decode(in, from, next, out.array(), out.position());
        }
        crc.reset();
        crc.update(out.array(), out.position(), held);
        if (SnappyFrameEncoder.masked(crc) != LittleEndian.signed32(in, at + HEAD)) {
            throw SnappyBlock.corrupt();
        }
        out.advance(held);
    }
}
