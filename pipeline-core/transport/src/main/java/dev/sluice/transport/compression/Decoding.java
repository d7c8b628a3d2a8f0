package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.util.EnumMap;
import java.util.Map;

/** What decompressing one body needs; used for one after another. */
final class Decoding {
    private static final byte[] NOTHING = {};

    private final Map<Compression, BodyDecoder> decoders = new EnumMap<>(Compression.class);
    private final BodyOutput out = new BodyOutput();
    private Compression how = Compression.NONE;
    private byte[] in = NOTHING;
    private int offset;
    private int length;

    void begin(Compression compression, Bytes body, Decompressor.Growth growth) {
        how = compression;
        boolean whole = body.sliceCount() == 1;
        in = whole ? body.sliceArray(0) : body.toByteArray();
        offset = whole ? body.sliceOffset(0) : 0;
        length = body.length();
        out.begin(length, growth);
    }

    /** Decodes from the start, also after it failed. */
    Bytes decode(int most) throws BodyException {
        out.restart(most);
        decoders.computeIfAbsent(how, BodyDecoder::of).decode(in, offset, length, out);
        return out.finish();
    }

    /** Lets go of what belongs to the body. */
    void end() {
        in = NOTHING;
        out.clear();
    }

    void close() {
        decoders.values().forEach(BodyDecoder::close);
    }
}
