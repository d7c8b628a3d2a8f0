package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Turns the pieces of one answer into what goes over the wire: the same, or one gzip stream. */
final class Encoder {
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final @Nullable GZIPOutputStream gzip;

    Encoder(boolean compress) {
        try {
            // With sync flush, so that each piece can be read when it arrives.
            gzip = compress ? new GZIPOutputStream(compressed, 8192, true) : null;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Whether a header {@code Accept-Encoding} allows gzip. */
    static boolean accepted(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String clause : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = clause.split(";", -1);
            String name = parts[0].strip();
            if (name.equals("gzip") || name.equals("*")) {
                String quality = parts.length > 1 ? parts[1].replace(" ", "") : "";
                return !quality.matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /** {@code last} ends the stream: nothing may follow. */
    Bytes encode(Bytes piece, boolean last) {
        if (gzip == null) {
            return piece;
        }
        try {
            for (int i = 0; i < piece.sliceCount(); i++) {
                gzip.write(piece.sliceArray(i), piece.sliceOffset(i), piece.sliceLength(i));
            }
            if (last) {
                gzip.close();
            } else {
                gzip.flush();
            }
        } catch (IOException e) {
            throw inMemory(e);
        }
        Bytes encoded = Bytes.of(compressed.toByteArray());
        compressed.reset();
        return encoded;
    }

    /** Lets go of what lies outside the heap when an answer breaks off. Legal at any time. */
    void close() {
        if (gzip != null) {
            try {
                gzip.close();
            } catch (IOException e) {
                throw inMemory(e);
            }
        }
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("memory cannot fail to be written", e);
    }
}
