package dev.sluice.transport.compression;

/** One snappy block as a whole body. */
final class SnappyBlockDecoder implements BodyDecoder {
    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        int end = offset + length;
        long declared = SnappyBlock.length(in, offset, end);
        if (!out.fits(declared)) {
            throw BodyException.tooLarge();
        }
        if (!SnappyBlock.possible(declared, length)) {
            throw SnappyBlock.corrupt();
        }
        out.exactly(declared);
        SnappyBlock.decode(in, offset, end, out.array(), out.position());
        out.advance((int) declared);
    }
}
