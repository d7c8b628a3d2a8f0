package dev.sluice.transport.client;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.sluice.otlp.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Decompresses the few bytes of an answer: servers answer in the compression that the request had. */
final class ResponseDecoder {
    /** What it reads, as {@code grpc-accept-encoding} has it. */
    static final String ACCEPTED = "gzip,zstd";

    private ResponseDecoder() {}

    /** Empty for what cannot be read or has more than {@code limit} bytes: an answer's details are not worth failing for. */
    static Bytes decode(@Nullable String encoding, Bytes content, int limit) {
        if (encoding == null || encoding.equals("identity")) {
            return content;
        }
        try (InputStream in = open(encoding, content)) {
            byte[] decoded = in.readNBytes(limit + 1);
            return decoded.length > limit ? Bytes.EMPTY : Bytes.of(decoded);
        } catch (IOException e) {
            return Bytes.EMPTY;
        }
    }

    private static InputStream open(String encoding, Bytes content) throws IOException {
        InputStream raw = new ByteArrayInputStream(content.toByteArray());
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(raw);
            case "zstd" -> new ZstdInputStreamNoFinalizer(raw);
            default -> throw new IOException("unknown encoding " + encoding);
        };
    }
}
