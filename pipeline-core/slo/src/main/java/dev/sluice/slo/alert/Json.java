package dev.sluice.slo.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.promql.series.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** The parts that messages about alerts have in common. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static byte[] of(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    static void labels(String field, Labels labels, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        for (int i = 0; i < labels.size(); i++) {
            json.writeStringField(labels.name(i), labels.value(i));
        }
        json.writeEndObject();
    }

    /** Nothing for a time that is not known. */
    static void time(String field, long millis, JsonGenerator json) throws IOException {
        if (millis != 0) {
            json.writeStringField(field, Instant.ofEpochMilli(millis).toString());
        }
    }

    /** Nothing for an empty text. */
    static void text(String field, String text, JsonGenerator json) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }

    /** When the alert began to fire; for a pending one since when the condition holds. */
    static long startsAt(AlertNotice notice) {
        return notice.phase() == AlertPhase.PENDING
                ? notice.times().activeAt()
                : notice.times().firedAt();
    }

    /** Writes to a generator. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
