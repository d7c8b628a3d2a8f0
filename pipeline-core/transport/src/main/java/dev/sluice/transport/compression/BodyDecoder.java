package dev.sluice.transport.compression;

/** One format, with the memory that reading it needs. One body at a time, any thread. */
interface BodyDecoder {
    /** Appends what the whole of the range holds. Nothing else than {@link BodyException} is thrown, whatever the range holds. */
    void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException;

    /** Frees native memory. */
    default void close() {}

    static BodyDecoder of(Compression compression) {
        return switch (compression) {
            case NONE -> (in, offset, length, out) -> out.write(in, offset, length);
            case GZIP -> new GzipDecoder();
            case ZLIB, DEFLATE -> new ZlibDecoder();
            case SNAPPY -> new SnappyBlockDecoder();
            case SNAPPY_FRAMED -> new SnappyFrameDecoder();
            case ZSTD -> new ZstdDecoder();
            case LZ4 -> new Lz4FrameDecoder();
        };
    }
}
