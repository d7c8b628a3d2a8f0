package dev.sluice.transport.compression;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.sluice.otlp.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Zstandard (RFC 8878). */
final class ZstdEncoder implements BodyEncoder {
    private final int level;

    /** 0 is the default 3. */
    ZstdEncoder(int level) {
        this.level = level == 0 ? 3 : Math.clamp(level, Zstd.minCompressionLevel(), Zstd.maxCompressionLevel());
    }

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput(body.length());
        try (ZstdOutputStreamNoFinalizer zstd =
                new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, level)) {
            for (int i = 0; i < body.sliceCount(); i++) {
                zstd.write(body.sliceArray(i), body.sliceOffset(i), body.sliceLength(i));
            }
        } catch (IOException e) {
            // Writing to memory does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toBytes();
    }
}
