package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;

/** One algorithm at one level, with the memory it needs. One body at a time, any thread. */
interface BodyEncoder {
    Bytes encode(Bytes body);

    /** Frees native memory. */
    default void close() {}

    static BodyEncoder of(Compression compression, int level) {
        return switch (compression) {
            case NONE -> body -> body;
            case GZIP -> new DeflateEncoder(level, true);
            case ZLIB, DEFLATE -> new DeflateEncoder(level, false);
            case SNAPPY -> new SnappyBlockEncoder();
            case SNAPPY_FRAMED -> new SnappyFrameEncoder();
            case ZSTD -> new ZstdEncoder(level);
            case LZ4 -> new Lz4FrameEncoder();
        };
    }
}
