package dev.sluice.exporters.file;

import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.api.Origin;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.testkit.Requests;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads files as whoever gets them would. */
final class Written {
    private Written() {}

    /** Every line without its end; the last one must have an end too. */
    static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Arrays.copyOfRange(content, start, i));
                start = i + 1;
            }
        }
        if (start != content.length) {
            throw new AssertionError("a torn line of " + (content.length - start) + " bytes");
        }
        return lines;
    }

    /** What stands behind each length of 4 bytes. */
    static List<byte[]> messages(byte[] content) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        while (in.available() > 0) {
            byte[] message = new byte[in.readInt()];
            in.readFully(message);
            messages.add(message);
        }
        return messages;
    }

    /** All frames. */
    static byte[] decompressed(byte[] content) throws IOException {
        try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }

    /** The numbers in the lines of a file, in order. */
    static List<Long> numbers(Signal signal, Path file) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (byte[] line : lines(Files.readAllBytes(file))) {
            numbers.addAll(Requests.numbers(
                    dev.sluice.api.Telemetry.of(signal, OtlpJson.decode(signal, Bytes.of(line)), Origin.INTERNAL)));
        }
        return numbers;
    }
}
