package dev.sluice.exporters.loki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A push request in Loki's JSON: {@code {"streams": [{"stream": {labels}, "values": [["nanoseconds", "line", {metadata}], …]}]}}. For
 * those who must read what is sent; the labels of its streams are JSON already.
 */
final class JsonPush {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NANOS = 1_000_000_000L;

    private final JsonGenerator out;
    private final WireReader field = new WireReader();
    private final WireReader pair = new WireReader();

    private JsonPush(JsonGenerator out) {
        this.out = out;
    }

    /** @param push as {@link PushRequests} writes it */
    static Bytes of(Bytes push) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * push.length());
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            new JsonPush(out).request(push.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing but memory is written to", e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    private void request(byte[] push) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("streams");
        WireReader request = new WireReader(push, 0, push.length);
        WireReader stream = new WireReader();
        while (request.next()) {
            stream(stream.enter(request));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Labels come first, then the entries. */
    private void stream(WireReader stream) throws IOException {
        out.writeStartObject();
        stream.next();
        out.writeFieldName("stream");
        out.writeRawValue(stream.string());
        out.writeArrayFieldStart("values");
        WireReader entry = new WireReader();
        while (stream.next()) {
            entry(entry.enter(stream));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** The time comes first, then the line, then pairs of metadata. */
    private void entry(WireReader entry) throws IOException {
        out.writeStartArray();
        entry.next();
        out.writeString(Long.toUnsignedString(time(field.enter(entry))));
        entry.next();
        text(entry);
        boolean any = false;
        while (entry.next()) {
            if (!any) {
                out.writeStartObject();
                any = true;
            }
            pair.enter(entry);
            pair.next();
            out.writeFieldName(pair.string());
            pair.next();
            text(pair);
        }
        if (any) {
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static long time(WireReader timestamp) {
        timestamp.next();
        long seconds = timestamp.bits();
        timestamp.next();
        return seconds * NANOS + timestamp.bits();
    }

    private void text(WireReader from) throws IOException {
        out.writeString(new String(from.array(), from.start(), from.length(), StandardCharsets.UTF_8));
    }
}
