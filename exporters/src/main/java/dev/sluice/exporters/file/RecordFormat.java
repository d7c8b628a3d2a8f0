package dev.sluice.exporters.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.transport.compression.Compression;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests as they stand in a file. JSON is a line. Protobuf stands behind its length, and so does anything that is compressed by
 * itself. With the feature gate {@code exporter.file.nativeCompression} each line, or length and message, is a zstd frame (RFC 8878), so that
 * the file as a whole is a {@code .zst} file.
 *
 * <p>Source: the Collector's exporter. There the gate compresses a file that is not rotated as one stream that is ended at each flush, of
 * which a crash leaves an open frame behind. For one thread at a time.
 */
final class RecordFormat {
    private static final int DEFAULT_LEVEL = 3;
    private static final Bytes NEWLINE = Bytes.of(new byte[] {'\n'});

    private final boolean json;
    private final boolean compresses;
    private final boolean wholeFrames;
    private final int level;
    private @Nullable ZstdCompressCtx zstd;

    RecordFormat(FileExporterConfig config, boolean wholeFrames) {
        this.json = config.json();
        this.compresses = config.compresses();
        this.wholeFrames = wholeFrames;
        int wanted = config.compressionParams().level();
        this.level = wanted == Compression.DEFAULT_LEVEL
                ? DEFAULT_LEVEL
                : Math.clamp(wanted, Zstd.minCompressionLevel(), Zstd.maxCompressionLevel());
    }

    /** All the bytes that stand for the request. Throws {@link dev.sluice.otlp.MalformedOtlpException} on broken bytes. */
    Bytes record(Signal signal, Bytes request) {
        Bytes message = json ? Bytes.of(OtlpJson.encode(signal, request)) : request;
        if (!compresses) {
            return json ? line(message) : behindLength(message);
        }
        return wholeFrames
                ? compressed(json ? line(message) : behindLength(message))
                : behindLength(compressed(message));
    }

    /** Frees native memory. Legal twice. */
    void close() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }

    private static Bytes line(Bytes message) {
        return Bytes.concat(List.of(message, NEWLINE));
    }

    private static Bytes behindLength(Bytes message) {
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(message.length()).array();
        return Bytes.concat(List.of(Bytes.of(length), message));
    }

    private Bytes compressed(Bytes message) {
        if (zstd == null) {
            zstd = new ZstdCompressCtx().setLevel(level).setChecksum(true);
        }
        return Bytes.of(zstd.compress(message.toByteArray()));
    }
}
