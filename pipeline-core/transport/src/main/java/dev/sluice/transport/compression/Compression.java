package dev.sluice.transport.compression;

import org.jspecify.annotations.Nullable;

/** How a body may be compressed, by the names that the Collector's configuration and the header {@code content-encoding} share. */
public enum Compression {
    NONE(""),
    GZIP("gzip"),
    ZLIB("zlib"),
    /** The same format as {@link #ZLIB} by the older name, as HTTP defines it (RFC 9110, 8.4.1.2). */
    DEFLATE("deflate"),
    /** One snappy block; over gRPC the framed format, as the Collector does. */
    SNAPPY("snappy"),
    SNAPPY_FRAMED("x-snappy-framed"),
    ZSTD("zstd"),
    LZ4("lz4");

    /** Lets each algorithm choose: gzip and zlib 1, zstd 3. */
    public static final int DEFAULT_LEVEL = 0;

    private final String key;

    Compression(String key) {
        this.key = key;
    }

    /** The word in headers; empty for none. */
    public String key() {
        return key;
    }

    /** By the word in a configuration; null if there is none of the name. */
    public static @Nullable Compression named(String word) {
        if (word.equals("none")) {
            return NONE;
        }
        for (Compression compression : values()) {
            if (compression.key.equals(word)) {
                return compression;
            }
        }
        return null;
    }

    /** The Collector knows it for gRPC. */
    public boolean grpc() {
        return this == NONE || this == GZIP || this == SNAPPY || this == ZSTD;
    }

    /**
     * The format that gRPC means by the same word, in configurations and in {@code grpc-encoding}: snappy is framed there, as in
     * github.com/mostynb/go-grpc-compression, which the Collector uses.
     */
    public Compression overGrpc() {
        return this == SNAPPY ? SNAPPY_FRAMED : this;
    }

    /** {@code compression_params::level} may have the value. */
    public boolean allows(int level) {
        return switch (this) {
            case GZIP, ZLIB, DEFLATE -> level >= -2 && level <= 9;
            case SNAPPY, SNAPPY_FRAMED, LZ4 -> level == DEFAULT_LEVEL;
            case NONE, ZSTD -> true;
        };
    }

    /**
     * Bytes that are compressed in about 40 ms, so that a loop which compresses them stays below its limit of 50 ms. From rates measured
     * on OTLP traces on one core of 2.5 GHz: gzip 165 MB/s at level 1 and 54 at 6, zstd 418 at 3, snappy 1,200.
     */
    int atOnce(int level) {
        int megabytes = switch (this) {
            case NONE -> Integer.MAX_VALUE >> 20;
            case GZIP, ZLIB, DEFLATE -> level > 1 ? level > 6 ? 1 : 2 : 6;
            case ZSTD -> level > 9 ? 1 : level > 3 ? 4 : 12;
            case SNAPPY, SNAPPY_FRAMED, LZ4 -> 32;
        };
        return megabytes << 20;
    }

    /**
     * Bytes that are decompressed in 20 ms, also where a core is half as fast as the one of 2.5 GHz on which these rates were measured, with
     * words: gzip 790 MB/s, zstd 2,300, snappy 1,400, LZ4 1,250.
     */
    int decodedAtOnce() {
        int megabytes = switch (this) {
            case NONE -> Integer.MAX_VALUE >> 20;
            case GZIP, ZLIB, DEFLATE -> 6;
            case SNAPPY, SNAPPY_FRAMED, ZSTD, LZ4 -> 16;
        };
        return megabytes << 20;
    }
}
