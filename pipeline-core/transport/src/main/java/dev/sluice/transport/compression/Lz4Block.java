package dev.sluice.transport.compression;

/** Reads the blocks of {@link Lz4FrameDecoder} (lz4/doc, lz4_Block_format.md): literals and matches by turns. */
final class Lz4Block {
    private static final int SHORTEST_MATCH = 4;

    private int at;

    /**
     * Appends what the block holds.
     *
     * @param largest bytes that it may hold
     * @param reach the first byte of the output that a match may refer to
     */
    void decode(byte[] in, int from, int end, int largest, int reach, BodyOutput out) throws BodyException {
        int left = largest;
        at = from;
        while (at < end) {
            int token = in[at++] & 0xff;
            int literals = length(in, token >>> 4, end);
            if (literals > end - at || literals > left) {
                throw corrupt();
            }
            out.write(in, at, literals);
            at += literals;
            left -= literals;
            if (at == end) {
                // The last sequence has no match.
                return;
            }
            if (end - at < 2) {
                throw corrupt();
            }
            int distance = LittleEndian.unsigned16(in, at);
            at += 2;
            int match = length(in, token & 15, end) + SHORTEST_MATCH;
            if (distance == 0 || distance > out.position() - reach || match > left) {
                throw corrupt();
            }
            out.require(match);
            Matches.copy(out.array(), out.position(), distance, match);
            out.advance(match);
            left -= match;
        }
        throw corrupt();
    }

    /** A length of 15 or more goes on in the bytes that follow. */
    private int length(byte[] in, int nibble, int end) throws BodyException {
        int length = nibble;
        if (nibble == 15) {
            int part;
            do {
                if (at == end) {
                    throw corrupt();
                }
                part = in[at++] & 0xff;
                // Bounded: a block has at most 4 MiB, so this stays below 2^31.
                length += part;
            } while (part == 255);
        }
        return length;
    }

    private static BodyException corrupt() {
        return BodyException.malformed("lz4: corrupt input");
    }
}
